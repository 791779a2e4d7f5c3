// あと23字: what the pages say is black; while somebody types, the estimate from it is grey.

import { answer, placeOf } from "./stage.js";
import { valueOf } from "./saving.js";

const composed = new Map();   // path -> the words whose room the pages tell

export const plain = (words) => words.replace(/\{([^|{}]*)\|[^{}]*\}/g, "$1").replace(/\{[^{}]*\}/g, "").replace(/\*\*|《《|》》/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
export function note(form) { for (const control of form.querySelectorAll("[data-path]")) composed.set(control.dataset.path, control.dataset.widget === "answer" ? "" : valueOf(control)); }

export function count(form) {
  const told = answer();
  if (!told) return;
  const room = new Map(), shared = new Map();
  for (const each of told.fields) {
    if (each.left === undefined) continue;
    if (!room.has(each.field) || room.get(each.field).left > each.left) room.set(each.field, each);
    const name = `${each.page} ${each.slot} ${each.left}`;
    shared.set(name, new Set([...(shared.get(name) ?? []), each.field]));
  }
  const alone = (slot) => shared.get(`${slot.page} ${slot.slot} ${slot.left}`).size === 1;
  for (const place of form.querySelectorAll("[data-rest]")) {
    const path = place.dataset.rest;
    const slot = room.get(path) ?? (place.closest("legend") ? room.get(`${path}.0`) : null);
    if (!slot || (!alone(slot) && !place.closest("legend"))) { place.textContent = ""; continue; }
    const control = form.querySelector(`[data-path="${CSS.escape(path)}"]`);
    const more = control ? plain(valueOf(control)).length - plain(composed.get(path) ?? valueOf(control)).length : 0;
    const left = slot.left - more;
    place.className = `rest${more ? " guess" : ""}${left < 0 ? " few" : ""}`;
    const number = document.createElement("b");
    number.textContent = String(Math.abs(left));
    place.replaceChildren(alone(slot) ? "" : "枠に", left < 0 ? "はみ出し" : "あと", number, "字");
  }
}

export function band(path) {
  const told = answer();
  const [fit, more, meter] = ["fit", "fit-more", "meter"].map((id) => document.getElementById(id));
  const bar = meter.firstElementChild;
  const slot = told?.fields.find((each) => each.field === path && each.lines);
  const article = path.includes(":") ? path.slice(0, path.indexOf(":")) : "";
  const region = slot || !article ? null : told?.regions.find((each) => each.articles.some((one) => one.article === article) && each.lines);
  const page = path ? placeOf(path)?.page : 0;
  meter.classList.toggle("none", !slot && !region);
  more.textContent = "";
  if (slot) {
    fit.textContent = `${page}ページ　この枠は${slot.lines}行のうち${slot.lines_used}行`;
    bar.style.width = `${Math.min(100, (slot.lines_used / slot.lines) * 100)}%`;
    meter.classList.toggle("over", slot.left < 0);
    more.textContent = slot.left < 0 ? `${-slot.left}字はみ出しています` : `あと${slot.left}字`;
  } else if (region) {
    fit.textContent = `${region.page}ページ　この段は${region.lines}行のうち${region.lines_used}行`;
    bar.style.width = `${Math.min(100, (region.lines_used / region.lines) * 100)}%`;
    meter.classList.toggle("over", region.lines_over > 0);
    const own = region.articles.find((one) => one.article === article);
    more.textContent = region.lines_over > 0 ? `${region.lines_over}行はみ出しています` : own?.left ? `この記事の行末まで あと${own.left}字` : "";
  } else fit.textContent = !path ? "欄に入ると、紙面のその場所がここに出ます" : page ? `${page}ページ` : told?.pages.length ? "この欄は紙面に印刷されません" : "";
}
