// What a reader cannot see, read or press on a card: everything is measured on what the browser drew.
const named = (element) => `${element.tagName}.${element.className} ${JSON.stringify(element.textContent.slice(0, 60))}`;

function textsOf(place) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest("option")) continue; // the client's own picker shows options
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    if (boxes.length) found.push({ node, boxes });
  }
  return found;
}

// Text that is cut, or runs out of the card.
function unreadable(place) {
  const found = [], card = place.getBoundingClientRect();
  for (const element of [place, ...place.querySelectorAll("*")]) {
    if (!element.textContent.trim() || element.tagName === "OPTION") continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (box.left < card.left - 1 || box.right > card.right + 1) found.push(`out of the card: ${named(element)}`);
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) found.push(`too wide: ${named(element)}`);
    if (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1)
      found.push(`cut: ${named(element)}`);
  }
  // A bar is one line: full and empty cells are texts beside each other.
  for (const block of place.querySelectorAll(".ac-richTextBlock")) {
    const bars = textsOf(block).filter(({ node }) => /^\s*[▰▱]+\s*$/.test(node.data));
    const tops = new Set(bars.flatMap(({ boxes }) => boxes.map((box) => Math.round(box.top))));
    if (tops.size > 1) found.push(`a bar of several lines: ${named(block)}`);
  }
  // Letters themselves: a box may be wide enough for its parent while its text runs out of it.
  for (const { node, boxes } of textsOf(place))
    if (boxes.some((box) => box.right > card.right + 1 || box.left < card.left - 1))
      found.push(`letters out of the card: ${JSON.stringify(node.data.slice(0, 60))}`);
  return found;
}

const channels = (color) => color.match(/[\d.]+/g).map(Number);
function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function backgroundOf(element) {
  for (let at = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor, [, , , alpha = 1] = channels(color);
    if (alpha === 1) return color;
    if (alpha > 0) return null; // half transparent: not measured, so it is a fault
  }
  return "rgb(255, 255, 255)";
}

// Text with a contrast of less than 4.5 : 1, https://www.w3.org/TR/WCAG22/#contrast-minimum
function faint(place) {
  const found = [];
  for (const { node } of textsOf(place)) {
    const element = node.parentElement, background = backgroundOf(element);
    const [low, high] = [luminance(getComputedStyle(element).color), background ? luminance(background) : 0]
      .sort((one, other) => one - other);
    const ratio = background ? (high + 0.05) / (low + 0.05) : 0;
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(1)}: ${JSON.stringify(node.data.slice(0, 60))}`);
  }
  return found;
}

// Rows and tiles that a thumb misses. Buttons are drawn by the client, as high as it likes.
function small(place) {
  return [...place.querySelectorAll(".ac-selectable:not(.ac-pushButton)")]
    .filter((each) => each.getBoundingClientRect().height < 44)
    .map((each) => `${Math.round(each.getBoundingClientRect().height)} px high: ${named(each)}`);
}

// Text that is read before what stands above it: a screen reader reads in the order of the document.
function misplaced(place) {
  const found = [], texts = textsOf(place);
  for (let at = 1; at < texts.length; at++) {
    const before = texts[at - 1].boxes.at(-1), after = texts[at].boxes[0];
    if (after.bottom <= before.top && after.left < before.right)
      found.push(`read after what is below it: ${JSON.stringify(texts[at].node.data.slice(0, 60))}`);
  }
  return found;
}

// Rows and tiles whose name for a screen reader does not have what is written first on them: a person who speaks to
// the phone says that. A long name is cut in a title, so its first letters are compared. The rest of a title is a
// sentence, and need not have the bar and the figures as they are drawn, nor a sign that is before the words.
function misnamed(place) {
  // Nobody says a place for a line break or the marks around text from right to left.
  const plain = (text) => text.replace(/[\u200b\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
  return [...place.querySelectorAll(".ac-selectable:not(.ac-pushButton)")]
    .filter((each) => !plain(each.getAttribute("aria-label") ?? "").includes(plain(firstWords(each)).slice(0, 40)))
    .map((each) => `named ${JSON.stringify(each.getAttribute("aria-label"))}: ${named(each)}`);
}

function firstWords(row) {
  const texts = textsOf(row).map((each) => each.node.data);
  return texts.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? texts[0];
}

const MEASURES = [unreadable, faint, small, misplaced, misnamed];
const faultsOf = (place) => MEASURES.flatMap((measure) => measure(place));

// The faults of all cards of the page, by card.
function faults() {
  const found = [...document.querySelectorAll(".place")].map((place) => [place.id, faultsOf(place)]);
  return Object.fromEntries(found.filter(([, each]) => each.length));
}
