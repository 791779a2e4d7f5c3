// Ruby, bold and dots set by selecting: a bar above the field in which somebody is, and the marks as the manuscript
// writes them.

const NAMES = [["ruby", "ルビ", "Alt R"], ["bold", "太字", "Ctrl B"], ["dots", "傍点", "Alt T"]];
const PAIRS = { bold: ["**", "**"], dots: ["《《", "》》"] };
const bar = document.createElement("div");
let control = null;
let reading = null;

bar.className = "bar";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", "文字の飾り");
for (const [what, words, key] of NAMES) {
  const button = document.createElement("button");
  const kbd = document.createElement("kbd");
  button.type = "button";
  button.className = "quiet small";
  button.dataset.mark = what;
  kbd.textContent = key;
  button.append(words, kbd);
  button.addEventListener("mousedown", (event) => event.preventDefault());  // the selection stays
  button.addEventListener("click", () => set(what));
  bar.append(button);
}

const takes = (each) => each?.matches?.('textarea[data-widget="text"], textarea[data-widget="lines"]') && !each.closest(".grid");

export function attach(form) {
  form.addEventListener("focusin", (event) => {
    if (bar.contains(event.target) || reading?.contains(event.target)) return;
    close();
    if (takes(event.target)) {
      control = event.target;
      if (control.previousElementSibling !== bar) { control.before(bar); control.scrollIntoView({ block: "nearest" }); }
    } else { control = null; bar.remove(); }
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
