// 棚: arrows go from cover to cover.

const cards = () => [...document.querySelectorAll(".it")];

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!step) return;
  const all = cards(), now = document.activeElement?.closest?.(".it");
  event.preventDefault();
  if (!now) { all[0]?.focus(); return; }
  const here = now.getBoundingClientRect();
  if (step[0]) { all[all.indexOf(now) + step[0]]?.focus(); return; }
  const rows = all.map((each) => [each, each.getBoundingClientRect()]).filter(([, box]) => (step[1] > 0 ? box.top > here.bottom - 4 : box.bottom < here.top + 4));
  rows.sort(([, one], [, two]) => step[1] * (one.top - two.top) || Math.abs(one.left - here.left) - Math.abs(two.left - here.left));
  rows[0]?.[0].focus();
});
document.getElementById("help").addEventListener("click", () => document.getElementById("help-dialog").showModal());

// Covers: the first page of each issue, one after the other; until it is made, its painted cover stays.
async function cover(card) {
  const img = new Image();
  for (let times = 0; times < 90 && !img.src; times++) {
    const answer = await fetch(`/covers/${card.dataset.issue}`);
    if (answer.status === 200) img.src = URL.createObjectURL(await answer.blob());
    else if (answer.status === 202) await new Promise((done) => { setTimeout(done, 2000); });
    else return;
  }
  if (!img.src) return;
  await img.decode();
  img.alt = "";
  img.className = "pic";
  card.querySelector(".cov")?.replaceWith(img);
}
(async () => {
  for (const card of cards()) {
    try { await cover(card); } catch { return; }
  }
})();
