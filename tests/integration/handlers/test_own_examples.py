"""What is offered first comes from the caller's own book, once it is known."""

from bot.domain.conversation import Conversation, ConversationKind
from bot.usage.command_buttons import press_of
from cards.draw import draw, summary
from cards.views.answer_views import HelloView, HelpView, ListView, UsageView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")


async def press(desk, example):
    return await desk.engine.answers.press(press_of(example.ask), desk.ann)


async def test_examples_are_general_until_names_are_known(desk):
    view = await desk.ask("hi")
    assert [each.title for each in view.examples] == ["tile.unused", "tile.customer", "tile.digest"]
    assert desk.requests() == []


async def test_examples_name_a_customer_once_names_are_known(desk):
    listed = await desk.ask("customers")
    asked = len(desk.requests())
    view = await desk.ask("hi")
    assert [each.title for each in view.examples] == ["tile.unused", "tile.named", "tile.digest"]
    assert view.examples[1].name == listed.entries[0][0]
    assert len(desk.requests()) == asked


async def test_customers_with_most_unused_come_first_once_figures_are_known(desk):
    answer = await desk.ask("usage on Exchange by customer")
    most = sorted((item.figures.unused for item in answer.items if item.figures.percent is not None), reverse=True)
    asked = len(desk.requests())
    view = await desk.ask("hi")
    assert [each.figures.unused for each in view.examples[:2]] == most[:2]
    assert view.examples[2].title == "tile.digest"
    assert "unused · Exchange" in str(draw(view, WORDS))
    assert len(desk.requests()) == asked
    pressed = await press(desk, view.examples[0])
    assert isinstance(pressed, UsageView)
    assert pressed.total.unused == most[0]


async def test_an_answer_about_some_customers_is_not_the_book(desk):
    for question in ("usage on Exchange by customer below 50%", "usage on Exchange by customer as of 2018-10-14"):
        await desk.ask(question)
    assert [each.figures for each in (await desk.ask("hi")).examples] == [None] * 3


async def test_another_caller_gets_none_of_it(desk):
    await desk.ask("usage on Exchange by customer")
    assert [each.title for each in (await desk.ask("hi", desk.ben)).examples][1] == "tile.customer"


async def test_a_shared_conversation_gets_general_examples(desk):
    await desk.ask("usage on Exchange by customer")
    channel = Conversation("19:channel", ConversationKind.CHANNEL, "")
    for text in ("hi", "help"):
        view = await desk.engine.answers.answer(text, desk.ann, None, channel)
        offered = view.examples if isinstance(view, HelloView) else view.tiles
        assert [each.title for each in offered] == ["tile.unused", "tile.customer", "tile.digest"]


async def test_help_offers_the_same_and_more_leads_to_all_sentences(desk):
    await desk.ask("usage on Exchange by customer")
    view = await desk.ask("help")
    assert isinstance(view, HelpView)
    assert view.own
    every = await desk.engine.answers.press(press_of(view.more), desk.ann)
    assert every.tiles == ()
    assert every.examples == view.examples
    assert len(every.examples) > 30


async def test_the_tile_for_one_customer_leads_to_names_to_tap(desk):
    view = await desk.ask("hi")
    listed = await press(desk, view.examples[1])
    assert isinstance(listed, ListView)
    assert listed.other is not None
    answer = await desk.engine.answers.press(press_of(listed.asks[3]), desk.ann)
    assert isinstance(answer, UsageView)
    assert answer.scope == (listed.entries[3][0],)


async def test_word_of_the_figures_is_explained_in_short_with_questions_to_tap(desk):
    view = await desk.ask("what does qualified mean?")
    card = str(draw(view, WORDS))
    assert "Qualified are the licenses with which a workload can be used." in card
    assert "What the figures mean" in card
    assert len(summary(view, WORDS).split()) < 60
    assert [each.title for each in view.tiles] == ["tile.unused", "tile.customer", "tile.digest"]
