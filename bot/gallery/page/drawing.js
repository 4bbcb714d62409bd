// Draws a card as Teams would: an approximation of its host configuration.
function hostConfig(c) {
  const color = (value, quiet) => ({ default: value, subtle: quiet ?? value });
  const foreground = {
    default: color(c.text, c.subtle), accent: color(c.accent), attention: color(c.attention),
    good: color(c.good), warning: color(c.warning), dark: color(c.text, c.subtle), light: color(c.subtle),
  };
  const style = (background) => ({ backgroundColor: background, foregroundColors: foreground });
  return {
    fontFamily: "'Segoe UI', 'Open Sans', 'Liberation Sans', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    textBlock: { headingLevel: 3 }, // the page names each card in a heading of level 2
    separator: { lineThickness: 1, lineColor: c.line },
    containerStyles: { default: style(c.card), emphasis: style(c.emphasis), accent: style(c.emphasis), attention: style(c.emphasis),
                       warning: style(c.emphasis) },
    actions: { maxActions: 6, actionsOrientation: "horizontal", actionAlignment: "left", buttonSpacing: 8,
               spacing: "default", showCard: { actionMode: "inline" } },
  };
}

// Puts `card` into the element `place`. Returns what the renderer complained about.
function drawCard(card, colors, place) {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = window.markdownit({ linkify: false }).render(text);
    result.didProcess = true;
  };
  const shown = new AdaptiveCards.AdaptiveCard();
  shown.hostConfig = new AdaptiveCards.HostConfig(hostConfig(colors));
  shown.onExecuteAction = () => {};
  // The renderer keeps the place where its last match of a language ended, and starts the next card's from there.
  AdaptiveCards.AdaptiveCard.langProperty.regEx.lastIndex = 0;
  const context = new AdaptiveCards.SerializationContext();
  shown.parse(card, context);
  place.replaceChildren(shown.render());
  const excused = withFallback(card);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
    .filter((message) => !excused.some((type) => message.startsWith(`Unknown element type "${type}"`)));
}

// The types of which each element has a fallback: clients that do not know them draw that.
function withFallback(card) {
  const all = [];
  JSON.stringify(card, (_, value) => { if (value?.type) all.push(value); return value; });
  const bare = new Set(all.filter((each) => each.fallback === undefined).map((each) => each.type));
  return [...new Set(all.map((each) => each.type))].filter((type) => !bare.has(type));
}
