// 重ねて見る: the lines of the print shop over the pages, and the pages as a copy or other eyes show them.

import { answer, inSight, onDrawn } from "./stage.js";

const button = document.getElementById("over");
const box = document.getElementById("over-box");
const stage = document.getElementById("stage");

function line(holder, kind, left, top, width, height) {
  const made = document.createElement("span");
  made.className = `ov ${kind}`;
  Object.assign(made.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  holder.append(made);
}
function draw() {
  stage.querySelectorAll(".ov").forEach((each) => each.remove());
  const told = answer();
  if (!told) return;
  const wanted = new Set([...box.querySelectorAll("input:checked")].map((each) => each.value));
  const sight = inSight();
  for (const [at, { page, holder }] of sight.entries()) {
    const across = (mm) => (mm / page.width) * 100;
    const high = (mm) => (mm / page.height) * 100;
    const { safe, bleed } = told.sheet;
    const inner = { left: at > 0 && sight.length > 1, right: at < sight.length - 1 };
    const open = `${inner.left ? " l" : ""}${inner.right ? " r" : ""}`;  // pages that hang together are not cut between
    if (wanted.has("trim")) line(holder, `trim${open}`, 0, 0, 100, 100);
    if (wanted.has("bleed")) {
      const [left, right] = [inner.left ? 0 : across(bleed), inner.right ? 0 : across(bleed)];
      line(holder, `bleed${open}`, -left, -high(bleed), 100 + left + right, 100 + 2 * high(bleed));
    }
    if (wanted.has("safe")) line(holder, "safe", across(safe), high(safe), 100 - 2 * across(safe), 100 - 2 * high(safe));
    if (wanted.has("fold")) {
      const edges = new Set(told.sheet.folds[page.number] ?? []);
      if (inner.right) edges.add("right");
      if (edges.has("left") && !inner.left) line(holder, "fold", 0, -2, 0, 104);
      if (edges.has("right")) line(holder, "fold", 100, -2, 0, 104);
      if (edges.has("top")) line(holder, "fold flat", -2, 0, 104, 0);
      if (edges.has("bottom")) line(holder, "fold flat", -2, 100, 104, 0);
    }
  }
  stage.dataset.eyes = box.querySelector("input[name=eyes]:checked")?.value ?? "";
}
export function toggle(show = box.hidden) {
  box.hidden = !show;
  button.setAttribute("aria-expanded", String(show));
  if (show) box.querySelector("input").focus();
  else if (box.contains(document.activeElement)) button.focus();
}
button.addEventListener("click", () => toggle());
box.addEventListener("change", draw);
box.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); toggle(false); } });
document.addEventListener("click", (event) => { if (!box.hidden && !box.contains(event.target) && !button.contains(event.target)) toggle(false); });
onDrawn(draw);
