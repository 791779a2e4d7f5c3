// Ruby, bold and dots set by selecting, in the marks that the manuscript has. Their bar stays where it is: one that came and
// went with the field would move the button that somebody is about to press.

const PAIRS = { bold: ["**", "**"], dots: ["《《", "》》"] };
const bar = document.getElementById("marks");
let control = null;
let reading = null;

for (const button of bar.querySelectorAll("button")) {
  button.addEventListener("mousedown", (event) => event.preventDefault());  // the selection stays
  button.addEventListener("click", () => set(button.dataset.mark));
}

const takes = (each) => each?.matches?.('textarea[data-widget="text"], textarea[data-widget="lines"]') && !each.closest(".grid");

export function attach(form) {
  form.addEventListener("focusin", (event) => {
    if (reading?.contains(event.target)) return;
    close();
    control = takes(event.target) ? event.target : null;
    for (const button of bar.querySelectorAll("button")) button.setAttribute("aria-disabled", String(!control));
  });
}

export function set(what) {
  if (!control?.isConnected || (document.activeElement !== control && !bar.contains(document.activeElement))) return;
  if (what === "ruby") { ask(); return; }
  const [before, after] = PAIRS[what];
  const [from, to] = [control.selectionStart, control.selectionEnd];
  const text = control.value;
  if (text.slice(from - before.length, from) === before && text.slice(to, to + after.length) === after) {
    put(from - before.length, to + after.length, text.slice(from, to));
  } else if (from < to) put(from, to, before + text.slice(from, to) + after, before.length);
}

function put(from, to, words, inside = 0) {
  control.focus();
  control.setRangeText(words, from, to, "select");
  if (inside) control.setSelectionRange(from + inside, from + words.length - inside);
  control.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// The ruby around the caret, or the words that are selected.
function chosen() {
  const [from, to] = [control.selectionStart, control.selectionEnd];
  for (const found of control.value.matchAll(/\{([^{}|]+)\|([^{}]*)\}/g)) {
    if (found.index <= from && to <= found.index + found[0].length && !found[2].includes(":")) {
      return { from: found.index, to: found.index + found[0].length, words: found[1], said: found[2] };
    }
  }
  const words = control.value.slice(from, to);
  return words && !/[{}|\n]/.test(words) ? { from, to, words, said: "" } : null;
}

function ask() {
  const at = chosen();
  close();
  reading = document.createElement("form");
  reading.className = "reading";
  if (!at) {
    const told = document.createElement("p");
    told.textContent = "ルビを付ける言葉を選んでから、押してください。";
    told.setAttribute("role", "status");
    reading.append(told);
    control.after(reading);
    return;
  }
  const label = document.createElement("label"), input = document.createElement("input");
  input.className = "in";
  input.value = at.said;
  input.id = "reading";
  input.autocomplete = "off";
  label.htmlFor = "reading";
  label.textContent = `「${at.words}」の読み`;
  const give = make("付ける", "main", "Enter"), off = make("外す", "");
  off.type = "button";
  off.setAttribute("aria-disabled", String(!at.said));
  off.addEventListener("click", () => { if (at.said) finish(at.words); });
  const finish = (words) => { close(); put(at.from, at.to, words); };
  reading.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = input.value.trim();
    if (said && !/[{}|]/.test(said)) finish(`{${at.words}|${said}}`);
  });
  reading.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) { event.stopPropagation(); close(); control.focus(); }
  });
  reading.append(label, input, give, off);
  control.after(reading);
  input.focus();
}
function make(words, kind, key) {
  const button = document.createElement("button");
  button.className = `small ${kind}`;
  button.append(words);
  if (key) { const kbd = document.createElement("kbd"); kbd.textContent = key; button.append(kbd); }
  return button;
}
function close() { reading?.remove(); reading = null; }
