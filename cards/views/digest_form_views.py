"""The content of the cards on which a digest is set up and changed.

Pure; imports nothing of bot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.views.button_payload import AskButton
from cards.views.digest_views import DigestLine
from cards.views.form_payload import DigestInputs, FormButton
from cards.views.usage_views import CorrectionView, Narrowing


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the inputs of a form offer and hold.

    `days`, `quiet` and `groups` are the choices; without `groups` the question is settled, without `quiet` the
    condition is. `inputs` is what is chosen or was typed. A mistake is a key `form.mistake.<name>`: what was typed and
    cannot be meant.
    """

    days: Sequence[str]
    quiet: Sequence[str]
    inputs: DigestInputs
    mistakes: tuple[str, ...] = ()
    groups: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DigestFormView:
    """The form that sets up a digest for `question`.

    `shared`: other people read this conversation, so it can be posted in private instead. The zone of the inputs is
    that of the person. `corrected` are names of the question that were typed otherwise, `kept` its limits that the
    question before named.
    """

    question: str
    choices: FormChoices
    save: FormButton
    shared: bool = False
    corrected: tuple[CorrectionView, ...] = ()
    kept: tuple[Narrowing, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSettingsView:
    """The settings of a digest: when it comes next, and the inputs as they are.

    Without `choices` the reader may not change it, and sees the facts only. `save` changes it, `pause` pauses it until
    the day that is chosen, `listed` leads to the list of digests.
    """

    line: DigestLine
    choices: FormChoices | None = None
    save: FormButton | None = None
    pause: FormButton | None = None
    listed: AskButton | None = None
