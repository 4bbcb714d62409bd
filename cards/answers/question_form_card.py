"""The form of the message extension: customer, workload, day. Pure."""

from collections.abc import Sequence

from cards.elements import ActionSet, ChoiceSet, DataQuery, DateInput, Element, InputChoice, Submit
from cards.parts.card_frame import Rendered, frame, heading, line
from cards.parts.literal_text import literal
from cards.wording.locale_words import LocaleWords

WORKLOADS = 40  # choices; a report has about twenty
EVERYTHING = "*"


def question_form(workloads: Sequence[tuple[str, str]], problem: str, words: LocaleWords) -> Rendered:
    """Draw the form.

    `workloads` are names and codes, `problem` says what was wrong with it before.
    """
    every = InputChoice(title=words.say("extension.every_workload"), value=EVERYTHING)
    choices = [InputChoice(title=literal(name), value=code) for name, code in workloads if literal(name)]
    title = words.say("extension.title")
    body: list[Element] = [heading(title)]
    if problem:
        body.append(line(problem, spacing="small"))
    body += [
        ChoiceSet(
            id="customer",
            label=words.say("extension.customer"),
            placeholder=words.say("picker.part"),
            style="filtered",
            choices=[],
            data=DataQuery(dataset="customer", associated_inputs="none"),
            is_required=True,
            error_message=words.say("extension.no_customer"),
        ),
        ChoiceSet(
            id="workload",
            label=words.say("extension.workload"),
            style="compact",
            choices=[every, *choices],
            value=EVERYTHING,
        ),
        DateInput(id="day", label=words.say("extension.day")),
        ActionSet(actions=[Submit(title=words.say("extension.show"), data={"form": "ask"})], spacing="medium"),
    ]
    return frame(body, words, problem or title)
