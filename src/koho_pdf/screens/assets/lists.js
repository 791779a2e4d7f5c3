// Lists: one more, one less, one place up or down, by button and by Ctrl Enter.

export function arrange(form, { ask, saving, reread, state, focus, failed }) {
  async function change(said, then) {
    await saving.settle();
    let answer;
    try { answer = await ask("change", { ...said, revision: saving.latest() }); } catch { failed(); return; }
    if (answer.state !== "saved") { state("failed", answer.said ?? "ほかの窓で変わっています。読み直しました"); await reread(); return; }
    saving.seen(answer.revision);
    state("saved");
    await reread();
    then?.();
  }
  const parts = (path) => { const cut = path.lastIndexOf("."); return [path.slice(0, cut), Number(path.slice(cut + 1))]; };
  const numberOf = (holder) => holder.querySelectorAll(":scope > .row").length;
  function more(holder) {
    const button = holder.querySelector(":scope > .more [data-more]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const path = button.dataset.more, number = numberOf(holder);
    change({ act: "insert", path: `${path}.${number}`, new: JSON.parse(button.dataset.blank) }, () => focus(`${path}.${number}`));
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.more) { more(button.closest("[data-list]")); return; }
    const row = button.closest(".row");
    if (!row) return;
    const path = row.dataset.item, [above, number] = parts(path);
    if (button.dataset.move) {
      const to = number + Number(button.dataset.move);
      change({ act: "move", path, to }, () => {
        const moved = [...form.querySelectorAll(".row")].find((each) => each.dataset.item === `${above}.${to}`);
        const same = moved?.querySelector(`[data-move="${button.dataset.move}"]`);
        (same?.getAttribute("aria-disabled") === "true" ? moved.querySelector("[data-move]:not([aria-disabled=true])") : same)?.focus();
      });
    } else if ("away" in button.dataset) {
      change({ act: "remove", path }, () => focus(`${above}.${Math.max(0, number - 1)}`));
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.isComposing || event.keyCode === 229) return;
    const holder = event.target.closest("[data-list]");
    if (holder) { event.preventDefault(); more(holder); }
  });
}
