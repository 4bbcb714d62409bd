// Draws a card as Teams would: an approximation of its host configuration. Returns what the renderer complained about.
// Also finds what a reader cannot see: text that is cut, or runs out of the card or the window.
function color(value, quiet) {
  return { default: value, subtle: quiet };
}

function hostConfig(c) {
  const foreground = {
    default: color(c.text, c.subtle), accent: color(c.accent, c.accent), attention: color(c.attention, c.attention),
    good: color("#237b4b", "#237b4b"), warning: color("#835c00", "#835c00"),
    dark: color(c.text, c.subtle), light: color(c.subtle, c.subtle),
  };
  const style = (background) => ({ backgroundColor: background, foregroundColors: foreground });
  return {
    fontFamily: "'Segoe UI', 'Open Sans', 'Liberation Sans', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: c.line },
    containerStyles: { default: style(c.card), emphasis: style(c.emphasis), accent: style(c.emphasis) },
    actions: { maxActions: 6, actionsOrientation: "horizontal", actionAlignment: "left", buttonSpacing: 8,
               spacing: "default", showCard: { actionMode: "inline" } },
  };
}

function drawCard(card, colors) {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = window.markdownit({ linkify: false }).render(text);
    result.didProcess = true;
  };
  const shown = new AdaptiveCards.AdaptiveCard();
  shown.hostConfig = new AdaptiveCards.HostConfig(hostConfig(colors));
  // The renderer keeps the place where its last match of a language ended, and starts the next card's from there.
  AdaptiveCards.AdaptiveCard.langProperty.regEx.lastIndex = 0;
  const context = new AdaptiveCards.SerializationContext();
  shown.parse(card, context);
  document.body.style.background = colors.page;
  document.documentElement.style.setProperty("--button", colors.button);
  document.documentElement.style.setProperty("--edge", colors.edge);
  document.documentElement.style.setProperty("--text", colors.text);
  document.documentElement.style.setProperty("--accent", colors.accent);
  const place = document.getElementById("place");
  place.style.background = colors.card;
  place.replaceChildren(shown.render());
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}

function unreadable() {
  const found = [];
  const name = (element) => `${element.tagName}.${element.className} ${JSON.stringify(element.textContent.slice(0, 60))}`;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const place = document.getElementById("place").getBoundingClientRect();
  for (const element of document.querySelectorAll("#place, #place *")) {
    if (!element.textContent.trim() || element.tagName === "OPTION") continue; // the client's own picker shows it
    const box = element.getBoundingClientRect();
    if (box.left < place.left - 1 || box.right > place.right + 1 || box.right > width + 1)
      found.push(`out of the card: ${name(element)}`);
    const style = getComputedStyle(element);
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) found.push(`too wide: ${name(element)}`);
    if (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1)
      found.push(`cut: ${name(element)}`);
  }
  // A bar is one line: full and empty cells are texts beside each other.
  for (const block of document.querySelectorAll("#place .ac-richTextBlock")) {
    const tops = new Set(), texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (!/^\s*[▰▱]+\s*$/.test(texts.currentNode.data)) continue;
      const cells = document.createRange();
      cells.selectNodeContents(texts.currentNode);
      for (const box of cells.getClientRects()) if (box.width > 1) tops.add(Math.round(box.top));
    }
    if (tops.size > 1) found.push(`a bar of several lines: ${name(block)}`);
  }
  // Letters themselves: a box may be wide enough for its parent while its text runs out of it.
  const walker = document.createTreeWalker(document.getElementById("place"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects())
      if (box.right > place.right + 1 || box.left < place.left - 1)
        found.push(`letters out of the card: ${JSON.stringify(walker.currentNode.data.slice(0, 60))}`);
  }
  return found;
}
