// The findings: how many, the next one, a list with jumps; what is certain is mended by one click.

import { answer, point } from "./stage.js";

const list = document.getElementById("f-list");
const open = document.getElementById("f-open");
const jump = document.getElementById("f-jump");
let at = -1;
let act = { go: () => {}, mend: () => {} };

export const onAct = (calls) => { act = calls; };
const all = () => answer()?.findings ?? [];
export const current = () => all()[at] ?? null;

export function draw() {
  const found = all();
  const before = list.querySelector("[aria-current]")?.dataset.key;
  at = Math.max(-1, before ? found.findIndex((each) => each.key === before) : Math.min(at, found.length - 1));
  const wrong = found.filter((each) => each.kind === "r").length, care = found.filter((each) => each.kind === "y").length;
  document.getElementById("f-all").textContent = found.length;
  pill("f-wrong", "間違い", wrong);
  pill("f-care", "注意", care);
  const count = document.getElementById("findings-count");
  count.hidden = !found.length;
  count.className = `count${wrong ? " bad" : ""}`;
  count.textContent = found.length;
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = "つの指摘";
  count.append(words);
  const next = found[at + 1] ?? found[0];
  const said = document.getElementById("f-next");
  said.replaceChildren(...(next ? ["次：", next.place ? `${next.place} ` : "", ...changed(next)] : ["指摘はありません"]));
  jump.setAttribute("aria-disabled", String(!found.length));
  const focus = list.contains(document.activeElement) ? [document.activeElement.closest("li")?.dataset.key, document.activeElement.dataset.act] : null;
  list.replaceChildren(...found.map((each, number) => item(each, number)));
  if (focus?.[0]) [...list.children].find((each) => each.dataset.key === focus[0])?.querySelector(`[data-act="${focus[1]}"]`)?.focus();
}
function pill(id, word, number) {
  const made = document.getElementById(id);
  made.hidden = !number;
  made.textContent = `${word} ${number}`;
}
function changed(each) {
  if (!each.mend) return [each.message];
  const made = [];
  if (each.mend.before) made.push(each.mend.before);
  for (const [name, text] of [["del", each.mend.from], ["ins", each.mend.to]]) {
    if (!text) continue;
    const node = document.createElement(name);
    node.textContent = text;
    made.push(node);
  }
  if (each.mend.after) made.push(each.mend.after);
  return made;
}
const SHAPES = { r: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16M7 7l6 6M13 7l-6 6", y: "M10 3L2 17h16zM10 8v4M10 14.6v.1" };
function shape(kind) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(made.namespaceURI, "path");
  made.setAttribute("class", "i");
  made.setAttribute("viewBox", "0 0 20 20");
  made.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[kind]);
  made.append(path);
  return made;
}
function button(words, what, main, key) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `small${main ? " main" : ""}`;
  made.dataset.act = what;
  made.append(words);
  if (key) { const kbd = document.createElement("kbd"); kbd.textContent = key; made.append(kbd); }
  return made;
}
function item(each, number) {
  const made = document.createElement("li");
  made.className = "fi";
  made.dataset.key = each.key;
  made.dataset.number = number;
  if (number === at) made.setAttribute("aria-current", "true");
  const word = document.createElement("span");
  word.className = `pill ${each.kind}`;
  word.append(shape(each.kind), each.word);
  const words = document.createElement("div");
  words.append(each.message);
  const where = document.createElement("p");
  where.className = "wh";
  where.append(...[each.place, each.where].filter(Boolean).join("　") ? [[each.place, each.where].filter(Boolean).join("　")] : []);
  if (each.mend) where.append(where.textContent ? "：" : "", ...changed(each));
  words.append(where);
  if (each.hint && !each.mend) { const hint = document.createElement("p"); hint.className = "wh"; hint.textContent = `→ ${each.hint}`; words.append(hint); }
  const acts = document.createElement("div");
  acts.className = "a";
  if (each.field || each.page) acts.append(button("見る", "go", false));
  if (each.mend) acts.append(button("直す", "mend", true, number === at ? "Alt N" : ""));
  made.append(word, words, acts);
  return made;
}
export function choose(number, focus = false) {
  const found = all();
  if (!found.length) return;
  at = (number + found.length) % found.length;
  draw();
  point(found[at]);
  const row = list.children[at];
  if (!list.hidden) row?.scrollIntoView({ block: "nearest" });
  if (focus && !list.hidden) row?.querySelector("button")?.focus();
  act.go(found[at]);
}
export const next = () => choose(at + 1);
export function mend() {
  const found = current() ?? all()[0];
  if (found?.mend) act.mend(found);
}
export function toggle(show = list.hidden) {
  list.hidden = !show;
  open.setAttribute("aria-expanded", String(show));
  open.firstChild.textContent = show ? "一覧を閉じる" : "一覧をひらく";
}
open.addEventListener("click", () => toggle());
jump.addEventListener("click", next);
list.addEventListener("click", (event) => {
  const what = event.target.closest("[data-act]")?.dataset.act;
  if (!what) return;
  const number = Number(event.target.closest("li").dataset.number);
  if (what === "go") choose(number);
  else { at = number; act.mend(all()[number]); }
});
