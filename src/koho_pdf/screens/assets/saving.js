// Typed words go to the disk: after a pause of 150 ms, never while an IME composes. A field is never rewritten while
// somebody is in it, but when they ask for it themselves (undo, a conflict that they decide).

import { ask, issue } from "./talk.js";

const PAUSE = 150;
const AGAIN = 2000;
const states = new WeakMap();
const open = new Set();
let revision = 0;
let composing = null;
const heard = { saved: [], state: [], rest: [] };

export const on = (what, call) => heard[what].push(call);
const tell = (what, ...said) => heard[what].forEach((call) => call(...said));
export const isComposing = () => composing !== null;
export const seen = (number) => { revision = Math.max(revision, number); };
export const latest = () => revision;

export function valueOf(control) {
  if (control.dataset.widget === "answer") return control.checked ? "true" : "false";
  return control.dataset.widget === "lines" ? control.value : control.value.replace(/\s*\n\s*/g, "");
}
function put(control, value) {
  if (control.dataset.widget === "answer") control.checked = ["true", "yes", "はい"].includes(value);
  else control.value = value ?? "";
}
function wanted(control, state) {
  const value = valueOf(control);
  if (value !== "") return value;
  return state.base === null || !control.hasAttribute("aria-required") ? null : "";
}

export function begin(within) {
  for (const control of within.querySelectorAll("[data-path]")) {
    const base = control.hasAttribute("data-unwritten") || (control.dataset.widget === "answer" && !control.checked)
      || (control.tagName === "SELECT" && control.value === "") ? null : valueOf(control);
    states.set(control, { base, timer: 0, flying: false, again: false, clash: false });
    restore(control);
  }
}
export const isOpen = (control) => open.has(control);
export const baseOf = (control) => states.get(control)?.base ?? null;
export const anyOpen = () => open.size > 0;

// A value that somebody else has written, where nobody is typing it here.
export function follow(control, value) {
  const state = states.get(control);
  if (!state || state.base === value) return "same";
  if (open.has(control) || control === document.activeElement || control === composing) return "busy";
  state.base = value;
  put(control, value);
  control.classList.add("changed");
  setTimeout(() => control.classList.remove("changed"), 1500);
  return "put";
}
// The same, where the person here has asked for it.
export function adopt(control, value) {
  const state = states.get(control);
  if (!state) return;
  const [before, at] = [control.value ?? "", control.selectionEnd];
  state.base = value;
  state.clash = false;
  put(control, value);
  close(control);
  if (control === document.activeElement && control.setSelectionRange) {
    const tail = before.length - at;
    const place = Math.max(0, control.value.length - Math.max(0, tail));
    control.setSelectionRange(place, place);
  }
}

const kept = (control) => `koho-desk ${issue} ${control.dataset.path}`;
function keep(control, state) {
  open.add(control);
  try { localStorage.setItem(kept(control), JSON.stringify({ old: state.base, mine: valueOf(control) })); } catch { /* full: the window still has it */ }
}
function close(control) {
  open.delete(control);
  try { localStorage.removeItem(kept(control)); } catch { /* as above */ }
}
// What was typed and not saved before the window was closed.
function restore(control) {
  let was = null;
  try { was = JSON.parse(localStorage.getItem(kept(control)) ?? "null"); } catch { return; }
  const state = states.get(control);
  if (!was || control.dataset.widget === "answer") return;
  if (was.mine === valueOf(control)) return close(control);
  put(control, was.mine);
  state.base = was.old;
  keep(control, state);
  plan(control, 0);
}

function plan(control, pause = PAUSE) {
  const state = states.get(control);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(control), pause);
}

async function save(control, alive = false) {
  const state = states.get(control);
  if (!state || state.clash || composing === control) return;
  if (state.flying) { state.again = true; return; }
  clearTimeout(state.timer);
  const value = wanted(control, state);
  if (value === state.base) { close(control); tell("state"); return; }
  state.flying = true;
  tell("state", "saving");
  let answer = null;
  try {
    answer = await ask("change", { act: "set", path: control.dataset.path, old: state.base, new: value, revision }, { alive });
  } catch { /* no answer: it stays here, and is sent again */ }
  state.flying = false;
  if (answer?.state === "saved" || (answer?.state === "unsaved" && answer.kept)) {
    state.base = value;
    seen(answer.revision);
    if (wanted(control, state) === value) close(control);
    else keep(control, state);
    tell("saved", control, answer);
    tell("state", answer.state === "saved" ? "saved" : "failed", answer.said);
  } else if (answer?.state === "conflict") {
    state.clash = true;
    tell("state", "conflict");
    tell("rest", control, answer);
    return;
  } else {
    tell("state", "failed", answer?.said);
    if (answer?.state === "refused") { tell("rest", control, answer); return; }
    if (control.isConnected) plan(control, AGAIN);
    return;
  }
  if (state.again || open.has(control)) { state.again = false; plan(control); }
}

// Save all that is typed, now. Gives once all of it was tried.
export async function settle(alive = false) {
  await Promise.all([...open].map((control) => save(control, alive)));
}

// A conflict decided: with "mine" the words here are written over what the person has now seen.
export function decide(control, theirs, whose) {
  const state = states.get(control);
  state.clash = false;
  state.base = theirs;
  if (whose === "theirs") adopt(control, theirs);
  else { keep(control, state); save(control); }
}

export function watch(form) {
  form.addEventListener("compositionstart", (event) => { composing = event.target; tell("state", "composing"); });
  form.addEventListener("compositionend", (event) => {
    composing = null;
    tell("state");
    if (states.has(event.target)) changed(event.target);
  });
  form.addEventListener("focusout", (event) => {
    if (composing === event.target) composing = null;
    if (open.has(event.target)) save(event.target);
  });
  form.addEventListener("input", (event) => {
    if (event.isComposing || composing || !states.has(event.target)) return;
    changed(event.target);
  });
  form.addEventListener("keydown", (event) => {
    const one = event.target.dataset?.widget;
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229 && ["text", "line"].includes(one)) event.preventDefault();
  });
  addEventListener("pagehide", () => settle(true));
  addEventListener("beforeunload", (event) => { if ([...open].some((each) => states.get(each)?.clash)) event.preventDefault(); });
}
function changed(control) {
  const state = states.get(control);
  if (wanted(control, state) === state.base && !state.flying) { clearTimeout(state.timer); close(control); tell("state"); return; }
  keep(control, state);
  tell("state", "typing");
  plan(control, control.tagName === "TEXTAREA" ? PAUSE : 0);
}
