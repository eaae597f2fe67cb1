// The queries that were run from this browser, newest first. They stay in it: localStorage, and nothing is sent.
const KEY = "kzturk-queries";
const KEPT = 50;

export function rememberQueries(area, insert, texts) {
  area.form.addEventListener("submit", () => keep(area.value));
  const past = load();
  if (!past.length) return;
  const label = document.createElement("label");
  label.className = "history";
  const choice = document.createElement("select");
  choice.append(new Option(texts.choose || "…", ""));
  past.forEach((query, place) => choice.append(new Option(shortened(query), String(place))));
  choice.append(new Option(texts.forget || "×", "forget"));
  choice.addEventListener("change", () => {
    if (choice.value === "forget") { store([]); label.remove(); }
    else if (choice.value) insert(past[Number(choice.value)]);
  });
  label.append(`${texts.history || "History"} `, choice);
  (area.form.querySelector("[data-history]") || area.form).append(label);
}

function keep(query) {
  const text = query.trim();
  if (text) store([text, ...load().filter((each) => each !== text)].slice(0, KEPT));
}

function load() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch { return []; }
}

function store(queries) {
  try { localStorage.setItem(KEY, JSON.stringify(queries)); } catch { /* private browsing keeps none */ }
}

function shortened(query) {
  const lines = query.split("\n").filter((line) => !/^\s*(#|PREFIX|BASE)/i.test(line));
  const text = (lines.join(" ").replace(/\s+/g, " ").trim() || query.trim());
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}
