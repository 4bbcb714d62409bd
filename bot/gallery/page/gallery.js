// The page: choices of language, width and theme, and every card drawn as they say.
const data = JSON.parse(document.getElementById("data").textContent);
const chosen = { locale: data.locales[0].code, width: "320", theme: "light" };
const offered = {
  locale: data.locales.map((each) => [each.code, each.name]),
  width: [["320", "320 px, a phone"], ["800", "800 px, a desktop"]],
  theme: [["light", "Light"], ["dark", "Dark"], ["contrast", "High contrast"]],
};

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function sectionOf(name) {
  const title = element("h2", { id: `title-${name}`, textContent: name.replaceAll("_", " ") });
  const place = element("div", { className: "place", id: `place-${name}` });
  const shown = element("section", { id: name, tabIndex: -1 }, title, element("div", { className: "window" }, place));
  shown.setAttribute("aria-labelledby", title.id);
  return shown;
}

// Draws all cards, or those that are named, as `wanted` says. Returns the complaints of the renderer by card.
function show(wanted = {}, names = data.names) {
  Object.assign(chosen, wanted);
  const colors = data.themes[chosen.theme], locale = data.locales.find((each) => each.code === chosen.locale);
  for (const [name, value] of Object.entries(colors)) document.documentElement.style.setProperty(`--${name}`, value);
  document.documentElement.style.colorScheme = chosen.theme === "light" ? "light" : "dark";
  for (const input of document.querySelectorAll("#choices input")) input.checked = chosen[input.name] === input.value;
  const complaints = {};
  for (const name of names) {
    const place = document.getElementById(`place-${name}`), frame = place.parentElement;
    frame.style.width = `${chosen.width}px`;
    place.style.width = `${chosen.width - 16}px`;
    place.lang = locale.lang;
    const found = drawCard(locale.cards[name], colors, place);
    if (found.length) complaints[name] = found;
    // Only what scrolls has to be reached with the keyboard.
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0; else frame.removeAttribute("tabindex");
  }
  return complaints;
}

function said() {
  const words = Object.entries(offered).map(([name, all]) => all.find(([value]) => value === chosen[name])[1]);
  return `${data.names.length} cards: ${words.join(", ")}.`;
}

for (const [name, all] of Object.entries(offered)) {
  const box = document.querySelector(`[data-choice="${name}"]`);
  for (const [value, text] of all) box.append(element("label", {}, element("input", { type: "radio", name, value }), text));
}
document.getElementById("names").append(...data.names.map((name) =>
  element("li", {}, element("a", { href: `#${name}`, textContent: name.replaceAll("_", " ") }))));
document.getElementById("cards").append(...data.names.map(sectionOf));
document.getElementById("choices").addEventListener("change", (event) => {
  show({ [event.target.name]: event.target.value });
  document.getElementById("status").textContent = said();
});
show();
document.getElementById("status").textContent = said();
