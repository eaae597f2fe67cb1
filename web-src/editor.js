// The SPARQL editor: the form's plain text area, made into an editor where the browser can. The form stays what it is:
// the text area holds the query, and running it is submitting the form, so every page of results comes from the server.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter, styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { completions } from "./completion.js";
import styles from "./editor.css";
import { rememberQueries } from "./history.js";

// The language leaves prefixed names without a colour.
const language = SparqlLanguage.configure({ props: [styleTags({ "Pname_ln Pname_ns": tags.typeName })] });

const area = document.querySelector("textarea#query");
if (area && area.form) start(area);

async function start(area) {
  const data = await vocabulary(area.dataset.vocabulary);
  const host = document.createElement("div");
  host.className = "editor";
  area.before(host);
  // In a shadow root the editor's styles are adopted sheets, which a policy without inline styles allows.
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);

  const run = () => { area.form.requestSubmit(); return true; };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        autocompletion({ override: completions(data, area.dataset), icons: false }),
        new LanguageSupport(language), syntaxHighlighting(classHighlighter), EditorView.lineWrapping,
        EditorView.contentAttributes.of(labelling(area)),
        EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
        keymap.of([
          { key: "Mod-Enter", run, preventDefault: true },
          { key: "Tab", run: acceptCompletion }, // else Tab leaves the editor, as in any field
          ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
      ],
    }),
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  area.hidden = true;
  const insert = (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  area.form.addEventListener("reset", () => setTimeout(() => insert(area.defaultValue)));
  for (const label of area.labels) label.addEventListener("click", () => view.focus());
  showError(view, area.dataset);
  rememberQueries(area, insert, data.texts || {});
  area.form.dataset.editor = "ready";
}

// Prefixes, terms and texts of the page's language; without them the editor still edits.
async function vocabulary(address) {
  try {
    const answer = address ? await fetch(address) : null;
    if (answer && answer.ok) return await answer.json();
  } catch { /* the network is gone: edit without */ }
  return { prefixes: {}, terms: [], texts: {} };
}

function labelling(area) {
  const given = { spellcheck: "false", autocapitalize: "off", "aria-multiline": "true" };
  const name = area.getAttribute("aria-label") || [...area.labels].map((each) => each.textContent.trim()).join(" ") || "SPARQL";
  return { ...given, "aria-label": name };
}

// Where the server found a syntax error: data-error, data-error-line and data-error-column, both from 1.
function showError(view, { error, errorLine, errorColumn }) {
  const number = Number(errorLine);
  if (!error || !(number >= 1)) return;
  const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
  const at = Math.min(line.from + Math.max(Number(errorColumn) || 1, 1) - 1, line.to);
  const word = /^[\p{L}\p{N}_:?$-]+/u.exec(view.state.doc.sliceString(at, line.to));
  const to = Math.min(at + (word ? word[0].length : 1), line.to);
  const from = to > at ? at : Math.max(line.from, at - 1);
  view.dispatch(setDiagnostics(view.state, [{ from, to: Math.max(to, from), severity: "error", message: error }]));
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}
