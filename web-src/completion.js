// What may stand here: variables of the query, SPARQL's words, prefixes, terms, and things by any of their names.
const WORDS = `ASK ASC AS BASE BIND BOUND BY COALESCE CONCAT CONSTRUCT CONTAINS COUNT DESC DESCRIBE DISTINCT EXISTS FILTER FROM
GRAPH GROUP HAVING IF IN LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS MONTH NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED REGEX
REPLACE SAMPLE SELECT STR STRDT STRENDS STRLANG STRSTARTS SUM UCASE UNION VALUES WHERE YEAR AVG GROUP_CONCAT`.split(/\s+/);

// `data` holds prefixes (name → IRI) and terms ({curie, label, kind}); `page` says where names are searched, and in what language.
export function completions(data, page) {
  return [
    (context) => variables(context),
    (context) => declarations(context, data.prefixes || {}),
    (context) => vocabulary(context, data, { name: (data.texts || {}).terms || "Terms", rank: 1 }),
    (context) => names(context, page, { name: (data.texts || {}).things || "Things", rank: 2 }),
  ];
}

function variables(context) {
  const word = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
  if (!word) return null;
  const others = context.state.doc.sliceString(0, word.from) + " " + context.state.sliceDoc(context.pos);
  const found = new Set(others.match(/[?$][\p{L}\p{N}_]+/gu) || []);
  return { from: word.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$][\p{L}\p{N}_]*$/u };
}

function declarations(context, prefixes) {
  const before = context.matchBefore(/\bPREFIX\s+[\w-]*/i);
  if (!before) return null;
  const from = before.from + /^PREFIX\s+/i.exec(before.text)[0].length;
  const options = Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}: <${iri}>`, type: "namespace" }));
  return { from, options };
}

function vocabulary(context, { prefixes = {}, terms = [] }, section) {
  const word = wordBefore(context);
  if (!word) return null;
  // found by its CURIE and by its label
  const known = terms.map(({ curie, label, kind }) =>
    ({ label: `${curie} ${label}`, displayLabel: curie, detail: label, info: kind, apply: curie, type: "class", section }));
  const spaces = Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace", section }));
  const spoken = WORDS.map((label) => ({ label, type: "keyword", section: { name: "SPARQL", rank: 0 } }));
  const inSpace = word.text.includes(":");
  return { from: word.from, options: inSpace ? known : [...spoken, ...spaces, ...known], validFor: /^[\p{L}\p{N}_:-]*$/u };
}

// Asked of the server, which folds case, accents and scripts. What was typed stands before each label, so that the editor's own
// filter takes all of them, and puts them below the terms: what comes late must not take the place of what is chosen.
async function names(context, { search, lang }, section) {
  const word = wordBefore(context);
  const text = word && word.text.replace(/^id:/, "");
  if (!search || !word || text.length < 3 || text.includes(":")) return null;
  await pause(150);
  if (context.aborted) return null;
  try {
    const answer = await fetch(`${search}?${new URLSearchParams({ q: text.replace(/[-_]/g, " "), lang: lang || "en" })}`);
    const found = answer.ok ? await answer.json() : [];
    const options = found.map(({ curie, label, kind }) => ({ label: `${word.text} ${label}`, displayLabel: short(label), detail: curie, info: kind || undefined, apply: curie, type: "text", section }));
    return options.length ? { from: word.from, options } : null;
  } catch {
    return null;
  }
}

const short = (label) => (label.length > 56 ? `${label.slice(0, 55)}…` : label);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The word that is being typed; none inside a literal, an IRI or a comment, where nothing is completed.
function wordBefore(context) {
  const word = context.matchBefore(/[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*/u);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const line = context.state.doc.lineAt(word.from).text.slice(0, word.from - context.state.doc.lineAt(word.from).from);
  if (/[?$]$/.test(line) || /<[^>\s]*$/.test(line) || /(^|\s)#/.test(line.replace(/<[^>\s]*>|"[^"]*"|'[^']*'/g, ""))) return null;
  return (line.match(/"/g) || []).length % 2 || /'[^']*$/.test(line.replace(/'[^']*'/g, "")) ? null : word;
}
