// 机: the form, the pages and the findings together. Read this first; each part has a module of its own.

import { ask, fragment, listen } from "./talk.js";
import * as saving from "./saving.js";
import * as stage from "./stage.js";
import * as findings from "./findings.js";
import { band, count, note } from "./fitting.js";
import { arrange } from "./lists.js";
import * as marks from "./marks.js";
import * as overlays from "./overlays.js";

const form = document.getElementById("fields");
const list = document.getElementById("list");
const opener = document.getElementById("pieces");
const saved = document.getElementById("saved");
const status = document.getElementById("status");
let pieces = JSON.parse(document.getElementById("pieces-list").textContent);
let piece = document.body.dataset.piece;
let late = false;   // the form has changed elsewhere while somebody was in it

// --- the article in sight

function heading() {
  const at = Math.max(0, pieces.findIndex((each) => each.path === piece));
  document.getElementById("above").textContent = pieces[at].above;
  document.getElementById("here").textContent = pieces[at].title;
  document.getElementById("place").textContent = `${at + 1}／${pieces.length}`;
  document.getElementById("before").setAttribute("aria-disabled", String(at === 0));
  document.getElementById("after").setAttribute("aria-disabled", String(at === pieces.length - 1));
  const found = stage.answer()?.findings ?? [];
  list.replaceChildren(...pieces.map((each) => {
    const link = document.createElement("a");
    link.href = `?piece=${encodeURIComponent(each.path)}`;
    link.dataset.path = each.path;
    if (each.above && each.inside) link.className = "in2";
    if (each.path === piece) link.setAttribute("aria-current", "true");
    const above = document.createElement("span");
    above.className = "s";
    above.textContent = each.inside ? "" : each.above;
    link.append(...(above.textContent ? [above] : []), each.title);
    const own = found.filter((one) => one.piece === each.path).length;
    if (own) { const pill = document.createElement("span"); pill.className = "count bad c"; pill.textContent = `指摘${own}`; link.append(pill); }
    return link;
  }));
}
async function open(path, { field = "", push = true } = {}) {
  if (path !== piece) {
    await saving.settle();
    let html;
    try { html = await fragment(path); } catch { failed(); return; }
    form.innerHTML = html;
    form.scrollTop = 0;
    piece = path;
    if (push) history.pushState({}, "", `?piece=${encodeURIComponent(path)}`);
    ready();
  }
  if (field) focus(field);
}
function ready() {
  late = false;
  saving.begin(form);
  note(form);
  count(form);
  heading();
  const first = form.querySelector("[data-path]");
  if (first && !form.contains(document.activeElement)) { stage.enter(first.dataset.path); band(first.dataset.path); }
}
async function reread() {
  if (saving.anyOpen() || saving.isComposing()) { late = true; return; }
  let html;
  try { html = await fragment(piece); } catch { failed(); return; }
  if (saving.anyOpen() || saving.isComposing()) { late = true; return; }
  const focused = form.contains(document.activeElement) ? document.activeElement.dataset.path : "";
  const [top, caret] = [form.scrollTop, document.activeElement?.selectionEnd ?? 0];
  form.innerHTML = html;
  ready();
  form.scrollTop = top;
  if (focused) {
    const control = find(focused);
    control?.focus({ preventScroll: true });
    if (control?.setSelectionRange && control.tagName === "TEXTAREA") control.setSelectionRange(caret, caret);
  }
}
const find = (path) => form.querySelector(`[data-path="${CSS.escape(path)}"]`);
function focus(path) {
  let control = find(path) ?? form.querySelector(`[data-path^="${CSS.escape(path)}."]`);
  for (let above = path; !control && /[.]/.test(above);) control = find(above = above.slice(0, above.lastIndexOf(".")));
  if (!control) return;
  control.closest("details")?.setAttribute("open", "");
  control.focus();
  control.scrollIntoView({ block: "nearest" });
}
function pieceOf(path) {
  const inside = pieces.filter((each) => path === each.path || path.startsWith(`${each.path}.`) || (each.path.endsWith(":") && path.startsWith(each.path)));
  return inside.sort((one, two) => two.path.length - one.path.length)[0]?.path ?? pieces[0].path;
}
const go = (path) => open(pieceOf(path), { field: path });
function step(by) {
  const at = pieces.findIndex((each) => each.path === piece) + by;
  if (pieces[at]) open(pieces[at].path).then(() => form.querySelector("[data-path]")?.focus());
}

// --- saved or not

const clock = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit" });
let lost = false;
function state(which, said) {
  const open = saving.anyOpen();
  if (which === "conflict") return say("conflict", "ほかの窓と食い違っています");
  if (which === "failed" || lost) return say("failed", said || "保存できません。書いたものはこの画面に残っています");
  if (which === "composing" || saving.isComposing()) return say("saving", "かな漢字変換を待っています");
  if (open) return say("saving", "保存しています");
  if (which === "saved") return say("saved", `保存しました ${clock.format(new Date())}`);
  if (saved.dataset.state === "saving") say("saved", `保存しました ${clock.format(new Date())}`);
}
function say(kind, words) { if (saved.dataset.state === kind && saved.textContent === words) return; saved.dataset.state = kind; saved.textContent = words; }
const failed = () => state("failed");

function clash(control, answer) {
  const holder = control.closest(".fl") ?? control.parentElement;
  holder.querySelector(".clash, .told.r")?.remove();
  if (answer.state === "refused") {
    const told = document.createElement("p");
    told.className = "told r";
    told.textContent = answer.said;
    holder.append(told);
    control.setAttribute("aria-invalid", "true");
    return;
  }
  const box = document.createElement("section");
  box.className = "clash";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "食い違い");
  const head = document.createElement("h3");
  head.textContent = "同じ欄が、ほかの窓か人に書き換えられました。どちらも残っています。";
  const two = document.createElement("div");
  two.className = "two";
  for (const [words, text] of [["いま保存されている文章", answer.theirs ?? "（消されています）"], ["あなたの文章", answer.mine ?? "（消しました）"]]) {
    const one = document.createElement("section");
    const p = document.createElement("p"), div = document.createElement("div");
    p.textContent = words;
    div.textContent = text;
    one.append(p, div);
    two.append(one);
  }
  const acts = document.createElement("div");
  acts.className = "acts";
  for (const [whose, words] of [["theirs", "保存されているほうにする"], ["mine", "あなたの文章にする"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = words;
    button.addEventListener("click", () => { box.remove(); control.focus(); saving.decide(control, answer.theirs, whose); state(); });
    acts.append(button);
  }
  box.append(head, two, acts);
  holder.append(box);
}

// --- what the server tells

let asking = false, more = false;
async function refresh() {
  if (asking) { more = true; return; }
  asking = true;
  try {
    do {
      more = false;
      const answer = await ask("state");
      saving.seen(answer.revision);
      pieces = answer.pieces;
      status.dataset.state = answer.status;
      status.textContent = answer.said;
      if (answer.pictured >= (stage.answer()?.pictured ?? -1)) await stage.show(answer);
      else if (stage.answer()) Object.assign(stage.answer(), { findings: answer.findings });
      note(form);
      findings.draw();
      count(form);
      heading();
      const own = document.activeElement?.dataset?.path;
      if (own) band(own);
    } while (more);
  } catch { failed(); }
  asking = false;
}
// Whether a form has these fields; what is folded away stands last in it.
const same = (paths, controls) => [...paths].sort().join("\n") === controls.map((each) => each.dataset.path).sort().join("\n");
async function follow() {
  if (late && !saving.anyOpen()) { await reread(); return; }
  let answer;
  try { answer = await ask(`values?piece=${encodeURIComponent(piece)}`); } catch { return; }
  if (answer.revision < saving.latest()) return;  // older than what was saved meanwhile
  saving.seen(answer.revision);
  const here = [...form.querySelectorAll("[data-path]")];
  if (!answer.there || !same(answer.paths, here)) { await reread(); return; }
  for (const control of here) saving.follow(control, answer.values[control.dataset.path] ?? null);
}
listen((told) => {
  if (told.what === "saved") { if (told.revision > saving.latest()) follow(); status.dataset.state = "composing"; status.textContent = "組んでいます"; return; }
  refresh();
}, (gone) => {
  const was = lost;
  lost = gone;
  state(gone ? "failed" : "saved", gone ? "編集デスクが止まっています。書いたものはこの画面に残っています" : undefined);
  if (was && !gone) { refresh(); follow(); saving.settle(); }
});

saving.on("state", state);
saving.on("rest", clash);
saving.on("saved", (control) => {
  control.removeAttribute("aria-invalid");
  (control.closest(".fl") ?? control.parentElement).querySelector(".told.r")?.remove();
  off("undo", false);
});
saving.watch(form);
marks.attach(form);
form.addEventListener("input", () => count(form));
const shareOf = (control) => (control.tagName === "TEXTAREA" && control.value ? control.selectionEnd / control.value.length : 0);
form.addEventListener("focusin", (event) => {
  const path = event.target.dataset?.path;
  if (path) { stage.enter(path, shareOf(event.target)); band(path); }
});
document.addEventListener("selectionchange", () => {
  const control = document.activeElement;
  if (control?.dataset?.path && form.contains(control) && !saving.isComposing()) stage.enter(control.dataset.path, shareOf(control));
});
form.addEventListener("focusout", () => { if (late) setTimeout(reread, 0); });

// --- undo and redo: of everything, also after the window was closed

const off = (id, value) => document.getElementById(id).setAttribute("aria-disabled", String(value));
async function back(what) {
  if (saving.isComposing()) return;
  await saving.settle();
  let answer;
  try { answer = await ask(what, {}); } catch { failed(); return; }
  if (answer.state === "nothing") { off(what, true); say("saved", what === "undo" ? "これより前はありません" : "やり直すものはありません"); return; }
  if (answer.state !== "saved") { state("failed", answer.said); return; }
  off("undo", false);
  off("redo", false);
  saving.seen(answer.revision);
  state("saved");
  const path = answer.fields[0] ?? "";
  if (path && pieceOf(path) !== piece) { await open(pieceOf(path), { field: path }); return; }
  const now = await ask(`values?piece=${encodeURIComponent(piece)}`);
  const here = [...form.querySelectorAll("[data-path]")];
  if (!same(now.paths, here)) { await reread(); if (path) focus(path); return; }
  for (const control of here) if ((now.values[control.dataset.path] ?? null) !== saving.baseOf(control)) saving.adopt(control, now.values[control.dataset.path] ?? null);
  if (path) focus(path);
}
off("undo", false);
off("redo", false);
for (const id of ["undo", "redo"]) document.getElementById(id).addEventListener("click", () => back(id));

// --- findings

findings.onAct({
  go: (found) => { if (found.field) go(found.field); },
  mend: async (found) => {
    await saving.settle();
    let answer;
    try { answer = await ask("change", { act: "set", path: found.mend.path, old: found.mend.old, new: found.mend.new, revision: saving.latest() }); } catch { failed(); return; }
    if (answer.state !== "saved") { state("failed", answer.said ?? "ここは、いま直せません。欄で直してください"); return; }
    saving.seen(answer.revision);
    state("saved");
    off("undo", false);
    const control = find(found.mend.path);
    if (control) saving.adopt(control, found.mend.new);
  },
});
arrange(form, { ask, saving, reread, state, focus, failed });

// --- moving about

stage.onJump(go);
document.getElementById("before").addEventListener("click", () => step(-1));
document.getElementById("after").addEventListener("click", () => step(1));
function unfold(show = list.hidden) {
  list.hidden = !show;
  opener.setAttribute("aria-expanded", String(show));
  if (show) list.querySelector("[aria-current]")?.focus();
}
opener.addEventListener("click", () => unfold());
list.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  unfold(false);
  open(link.dataset.path).then(() => form.querySelector("[data-path]")?.focus());
});
list.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...list.querySelectorAll("a")];
  if (step && !event.altKey) { event.preventDefault(); links[links.indexOf(document.activeElement) + step]?.focus(); }
});
document.addEventListener("click", (event) => { if (!list.hidden && !event.target.closest(".nav")) unfold(false); });
addEventListener("popstate", () => open(new URLSearchParams(location.search).get("piece") ?? pieces[0].path, { push: false }));
document.getElementById("help").addEventListener("click", () => document.getElementById("help-dialog").showModal());

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const does = (event.altKey && !event.ctrlKey && {
    arrowup: () => step(-1),
    arrowdown: () => step(1),
    p: () => (form.contains(document.activeElement) ? document.getElementById("stage").focus() : focus(stage.inField() || form.querySelector("[data-path]")?.dataset.path)),
    s: findings.next,
    n: findings.mend,
    l: () => findings.toggle(),
    v: () => overlays.toggle(),
    r: () => marks.set("ruby"),
    t: () => marks.set("dots"),
  }[key]) || (event.ctrlKey && !event.altKey && { b: () => marks.set("bold"), z: () => back(event.shiftKey ? "redo" : "undo"), y: () => back("redo") }[key])
    || (key === "escape" && !list.hidden && (() => { unfold(false); opener.focus(); }));
  if (!does) return;
  event.preventDefault();
  does();
});

ready();
refresh();
