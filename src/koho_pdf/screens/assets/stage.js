// The pages: spreads in sight, where the fields stand on them, jumps both ways. A picture is decoded before it is swapped;
// one of an older revision never replaces a newer one; the stage keeps its place.

import { ask, picture } from "./talk.js";

const stage = document.getElementById("stage");
const strip = document.getElementById("strip");
const lens = document.getElementById("lens");
const MM = 96 / 25.4;
const GAP = 44;
let told = null;       // the newest answer about the pages
let mode = "spread";
let zoom = 1;
let at = 0;            // the spread in sight
let field = "";        // the path of the field that somebody is in
let part = 0;          // how far into its words the caret is, 0 to 1
let finding = null;
let newest = 0;
let begun = false;    // pages were in sight once
const shown = new Map();  // page number -> { box, img, name }
let go = () => {};

export const onJump = (call) => { go = call; };
export const answer = () => told;
const spreads = () => (mode === "page" ? told.pages.map((page) => [page]) : told.spreads.map((each) => each.map((number) => told.pages.find((page) => page.number === number)).filter(Boolean)));

export async function show(answered) {
  if (answered.pictured < newest) return;
  newest = answered.pictured;
  const fresh = await Promise.all(answered.pages.map(async (page) => {
    const now = shown.get(page.number);
    if (!page.picture || now?.name === page.picture) return null;
    const visible = !told || spreads()[at]?.some((each) => each.number === page.number);
    const img = new Image();
    img.alt = "";
    img.draggable = false;
    img.src = picture(page.picture);
    if (visible) try { await img.decode(); } catch { return null; }
    return [page.number, img, page.picture];
  }));
  if (answered.pictured < newest) return;
  const same = told && told.pages.length === answered.pages.length && told.pages.every((page, n) => page.width === answered.pages[n].width && page.height === answered.pages[n].height);
  told = answered;
  for (const made of fresh.filter(Boolean)) {
    const [number, img, name] = made;
    const now = shown.get(number) ?? {};
    if (now.box?.querySelector("img")) now.box.replaceChild(img, now.box.querySelector("img"));
    shown.set(number, { ...now, img, name });
  }
  if (!told.pages.length) return;
  if (!same) {
    const on = field && placesOf(field)[0]?.page;
    at = Math.max(0, on && !begun ? spreadOf(on) : Math.min(at, spreads().length - 1));
    begun = true;
    lay();
  } else place();
  tabs();
  marks();
}

function lay() {
  const keepTop = stage.scrollTop, keepLeft = stage.scrollLeft;
  const holder = document.createElement("div");
  holder.className = "spread";
  for (const page of spreads()[at] ?? []) {
    const box = document.createElement("div");
    box.className = "pg";
    box.dataset.page = page.number;
    const known = shown.get(page.number);
    if (known?.img) box.append(known.img);
    shown.set(page.number, { ...known, box });
    holder.append(box);
  }
  stage.replaceChildren(holder);
  size();
  stage.scrollTop = keepTop;
  stage.scrollLeft = keepLeft;
}

function size() {
  const pages = spreads()[at] ?? [];
  if (!pages.length) return;
  const width = pages.reduce((sum, page) => sum + page.width, 0) * MM, height = Math.max(...pages.map((page) => page.height)) * MM;
  const fit = Math.min((stage.clientWidth - GAP) / width, (stage.clientHeight - GAP) / height);
  const scale = Math.max(0.05, fit * zoom);
  for (const page of pages) {
    const box = shown.get(page.number)?.box;
    if (!box) continue;
    box.style.width = `${page.width * MM * scale}px`;
    box.style.height = `${page.height * MM * scale}px`;
  }
  place();
  const near = pages.find((page) => page.number === (field ? placesOf(field)[0]?.page : 0)) ?? pages[0];
  if ((shown.get(near.number)?.box?.clientWidth ?? 0) * devicePixelRatio > (near.width / 25.4) * 110) closely(near);
  document.getElementById("whole").textContent = zoom === 1 ? "合わせる" : `${Math.round(scale * 100)}%`;
}

function place() {
  for (const page of spreads()[at] ?? []) {
    const known = shown.get(page.number);
    if (!known?.box || !known.img) continue;
    const best = known.box.clientWidth * devicePixelRatio > known.img.naturalWidth * 1.1 ? sharpOf(page) ?? known.img : known.img;
    if (best.parentNode === known.box) continue;
    known.box.querySelectorAll("img").forEach((each) => each.remove());
    known.box.prepend(best);
  }
}

// --- where fields stand

const covers = (path) => told?.fields.filter((each) => each.field === path || each.field.startsWith(`${path}.`)) ?? [];
const area = (each) => each.box[2] * each.box[3];
// Of a field that stands twice, the place in the body first: where it is on the page in sight, else the largest.
function placesOf(path) {
  const all = told?.fields.filter((each) => each.field === path) ?? [];
  return all.length ? all.sort((one, two) => area(two) - area(one)) : covers(path);
}
const spreadOf = (page) => spreads().findIndex((each) => each.some((one) => one.number === page));

function mark(box, [x, y, w, h], page, kind, label) {
  const made = document.createElement("span");
  made.className = `mk ${kind}`;
  const grow = 0.6;
  made.style.left = `${((x - grow) / page.width) * 100}%`;
  made.style.top = `${((y - grow) / page.height) * 100}%`;
  made.style.width = `${((w + grow * 2) / page.width) * 100}%`;
  made.style.height = `${((h + grow * 2) / page.height) * 100}%`;
  if (label) { const b = document.createElement("b"); b.textContent = label; made.append(b); }
  box.append(made);
  return made;
}
const piecesOf = (each) => (each.pieces?.length ? each.pieces : [each.box]);

function marks() {
  stage.querySelectorAll(".mk").forEach((each) => each.remove());
  for (const page of spreads()[at] ?? []) {
    const box = shown.get(page.number)?.box;
    if (!box) continue;
    for (const each of placesOf(field).filter((one) => one.page === page.number)) mark(box, each.box, page, "here");
    if (finding?.page === page.number && finding.box) mark(box, finding.box, page, "w", "指摘");
    else if (finding?.field && finding.field !== field) {
      const each = placesOf(finding.field).find((one) => one.page === page.number);
      if (each) mark(box, each.box, page, "w", "指摘");
    }
  }
  drawn();
  look();
}

// The place of the field at reading size: at the size of a screen, a spread's own letters are too small to read.
function look() {
  lens.querySelectorAll("img, .mk").forEach((each) => each.remove());
  const all = field ? placesOf(field) : [];
  const several = all.length > 1 && all[0].field !== field;   // paragraphs: the one in which the caret is
  const place = several ? all[Math.min(all.length - 1, Math.floor(part * all.length))] : all[0];
  const page = place && told.pages.find((each) => each.number === place.page);
  if (!page?.picture) { lens.classList.add("empty"); return; }
  lens.classList.remove("empty");
  const img = new Image();
  img.src = sharpOf(page)?.src ?? picture(page.picture);
  img.alt = "";
  closely(page);
  const [x, y, w, h] = place.box;
  const scale = Math.min(5.2, Math.max(3.2, (lens.clientWidth - 34) / Math.max(w, 20)));
  img.style.width = `${page.width * scale}px`;
  const room = lens.clientHeight / scale;
  const down = h <= room ? y - (room - h) / 2 : y - room * 0.12 + Math.max(0, h - room * 0.8) * part;
  const across = w * scale <= lens.clientWidth - 24 ? x - 14 / scale : x - 14 / scale + Math.max(0, w - (lens.clientWidth - 30) / scale) * part;
  img.style.left = `${-across * scale}px`;
  img.style.top = `${-down * scale}px`;
  lens.prepend(img);
  const bar = document.createElement("span");
  bar.className = "mk";
  bar.style.left = "5px";
  bar.style.top = `${(y - down) * scale}px`;
  bar.style.height = `${h * scale}px`;
  lens.append(bar);
}

let drawn = () => {};
export const onDrawn = (call) => { drawn = call; };
export const inSight = () => (told?.pages.length ? spreads()[at] ?? [] : []).map((page) => ({ page, holder: shown.get(page.number)?.box })).filter((each) => each.holder);
// A page looked at closely: drawn anew with twice the pixels, when nobody has typed for a moment.
const sharp = new Map();   // the name of a picture -> the same page, sharper
let waiting = 0;
const sharpOf = (page) => sharp.get(page.picture);
function closely(page) {
  clearTimeout(waiting);
  if (!page?.picture || sharp.has(page.picture)) return;
  waiting = setTimeout(async () => {
    const wanted = page.picture;
    let name = "";
    try { name = (await ask(`sharp/${page.number}`)).picture; } catch { return; }
    if (!name.startsWith(wanted.replace(/\.png$/, "-"))) return;  // of another state
    const img = new Image();
    img.src = picture(name);
    img.alt = "";
    img.draggable = false;
    try { await img.decode(); } catch { return; }
    if (sharp.size > 3) sharp.delete(sharp.keys().next().value);
    sharp.set(wanted, img);
    if (told.pages.some((each) => each.picture === wanted)) { look(); place(); }
  }, 600);
}
export const inField = () => field;
export const placeOf = (path) => placesOf(path)[0] ?? null;

export function enter(path, share = 0) {
  const moved = path !== field;
  field = path;
  part = share;
  if (!told) return;
  if (moved) {
    finding = null;
    const on = placesOf(path);
    const near = on.find((each) => spreadOf(each.page) === at) ?? on[0];
    if (near && spreadOf(near.page) !== at) { turn(spreadOf(near.page)); return; }
    if (mode === "field") approach();
    marks();
  } else look();
}

export function turn(to) {
  if (!told || to < 0 || to >= spreads().length) return;
  at = to;
  stage.scrollTop = stage.scrollLeft = 0;
  lay();
  if (mode === "field") approach();
  tabs();
  marks();
}
export const turnBy = (by) => turn(at + by);

export function point(found) {
  finding = found;
  if (!told) return;
  const page = found?.page ?? placesOf(found?.field ?? "")[0]?.page;
  if (page && spreadOf(page) !== at && spreadOf(page) >= 0) turn(spreadOf(page));
  else marks();
}

function approach() {
  const place = field ? placesOf(field).find((each) => spreadOf(each.page) === at) : null;
  const pages = spreads()[at] ?? [];
  if (!place) return;
  const width = pages.reduce((sum, page) => sum + page.width, 0) * MM, height = Math.max(...pages.map((page) => page.height)) * MM;
  const fit = Math.min((stage.clientWidth - GAP) / width, (stage.clientHeight - GAP) / height);
  zoom = Math.max(1, Math.min(6, (stage.clientWidth - GAP) / (place.box[2] * 1.25 * MM) / fit, 1.35 / fit));
  size();
  const box = shown.get(place.page)?.box;
  const page = told.pages.find((each) => each.number === place.page);
  if (!box) return;
  const [sx, sy] = [box.clientWidth / page.width, box.clientHeight / page.height];
  const top = box.getBoundingClientRect(), own = stage.getBoundingClientRect();
  stage.scrollLeft += top.left - own.left + (place.box[0] + place.box[2] / 2) * sx - stage.clientWidth / 2;
  stage.scrollTop += top.top - own.top + (place.box[1] + place.box[3] / 2) * sy - stage.clientHeight / 2;
}

// --- the small pages below

function tabs() {
  const focus = strip.contains(document.activeElement) ? document.activeElement.dataset.spread : null;
  const all = spreads();
  const made = all.map((pages, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.spread = number;
    if (number === at) button.setAttribute("aria-current", "true");
    for (const page of pages) {
      const img = new Image();
      img.alt = "";
      img.loading = "lazy";
      if (page.picture) img.src = picture(page.picture);
      img.style.width = `${(46 * page.width) / page.height}px`;
      button.append(img);
    }
    const words = document.createElement("span");
    const named = document.createElement("span");
    named.textContent = nameOf(pages);
    const count = told.findings.filter((each) => pages.some((page) => page.number === each.page)).length;
    const found = document.createElement("span");
    found.className = count ? "bad" : "s";
    found.textContent = `指摘${count}`;
    words.append(named, document.createElement("br"), found);
    button.append(words);
    return button;
  });
  const turnKeys = document.createElement("span");
  turnKeys.className = "s turn";
  turnKeys.append("ページをめくる ");
  for (const key of ["PgUp", "PgDn"]) { const kbd = document.createElement("kbd"); kbd.textContent = key; turnKeys.append(kbd, " "); }
  strip.replaceChildren(...made, ...(all.length > 1 && all.length < 5 ? [turnKeys] : []));
  if (focus !== null) strip.querySelector(`[data-spread="${focus}"]`)?.focus();
}
function nameOf(pages) {
  const numbers = pages.map((page) => page.number).sort((one, two) => one - two);
  const last = told.pages.length;
  if (numbers.length === 1 && numbers[0] === 1 && last > 1) return last === 2 ? "おもて" : "表紙";
  if (numbers.length === 1 && numbers[0] === last && last > 1) return last === 2 ? "うら" : "裏表紙";
  return numbers.length > 1 ? `${numbers[0]}–${numbers[1]} 見開き` : `${numbers[0]}ページ`;
}

// --- what people do

strip.addEventListener("click", (event) => {
  const button = event.target.closest("[data-spread]");
  if (button) turn(Number(button.dataset.spread));
});
stage.addEventListener("click", (event) => {
  const box = event.target.closest(".pg");
  const path = box && fieldAt(box, event);
  if (path) go(path);
});
stage.addEventListener("mousemove", (event) => {
  stage.querySelectorAll(".mk.hover").forEach((each) => each.remove());
  const box = event.target.closest(".pg");
  const path = box && fieldAt(box, event);
  if (!path || path === field) return;
  const page = told.pages.find((each) => each.number === Number(box.dataset.page));
  for (const each of told.fields.filter((one) => one.page === page.number && one.field === path)) mark(box, each.box, page, "hover");
});
stage.addEventListener("mouseleave", () => stage.querySelectorAll(".mk.hover").forEach((each) => each.remove()));
function fieldAt(box, event) {
  const page = told?.pages.find((each) => each.number === Number(box.dataset.page));
  if (!page) return "";
  const frame = box.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * page.width, y = ((event.clientY - frame.top) / frame.height) * page.height;
  const inside = ([left, top, w, h]) => x >= left - 1 && x <= left + w + 1 && y >= top - 1 && y <= top + h + 1;
  const there = told.fields.filter((each) => each.page === page.number && piecesOf(each).some(inside));
  return there.sort((one, two) => area(one) - area(two))[0]?.field ?? "";
}
stage.addEventListener("keydown", (event) => {
  const keys = { PageUp: -1, PageDown: 1 };
  if (event.key in keys && !event.altKey && !event.ctrlKey) { event.preventDefault(); turnBy(keys[event.key]); }
});
for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", () => {
    const page = (told && spreads()[at]?.[0]?.number) ?? 1;
    mode = button.dataset.view;
    document.querySelectorAll("[data-view]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    zoom = 1;
    if (!told) return;
    const on = field && placesOf(field)[0]?.page;
    at = Math.max(0, spreadOf(mode === "spread" ? page : on || page));
    lay();
    if (mode === "field") approach();
    tabs();
    marks();
  });
}
const scale = (by) => { zoom = Math.min(8, Math.max(0.5, zoom * by)); size(); };
document.getElementById("larger").addEventListener("click", () => scale(1.25));
document.getElementById("smaller").addEventListener("click", () => scale(0.8));
document.getElementById("whole").addEventListener("click", () => { zoom = 1; size(); });
stage.addEventListener("wheel", (event) => { if (event.ctrlKey) { event.preventDefault(); scale(event.deltaY < 0 ? 1.1 : 1 / 1.1); } }, { passive: false });
new ResizeObserver(() => { if (told) { size(); look(); } }).observe(stage);
