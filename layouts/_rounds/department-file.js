"use strict";
// 確認のお願い: comments pinned to words, and the answer as a small file. Nothing is sent; nothing else is loaded.
(() => {
  const about = JSON.parse(document.getElementById("about").textContent);
  const texts = [...document.querySelectorAll(".words")];
  const words = new Map(texts.map((text) => [text.dataset.field, text.textContent]));
  const key = `koho ${about.issue} ${about.round} ${about.department} ${about.version}`;
  const said = document.getElementById("said");
  const name = document.getElementById("name");
  const mend = document.getElementById("mend");
  const keep = document.getElementById("keep");
  const letters = (text) => Array.from(text);  // as others count them: a rare kanji is one
  let comments = [];
  let chosen = null;

  const remember = () => {
    try { localStorage.setItem(key, JSON.stringify({ name: name.value, comments })); } catch { /* not allowed here */ }
  };
  const recall = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "null");
      if (!kept) return;
      name.value = String(kept.name || "");
      comments = kept.comments.filter((each) => words.has(each.field) && typeof each.words === "string");
    } catch { comments = []; }
  };

  // Where in a text the selection is, counted in characters.
  const selected = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const within = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".words");
    const text = within(range.startContainer);
    if (!text) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const begin = letters(before.toString()).length;
    const all = letters(words.get(text.dataset.field));
    const end = within(range.endContainer) === text ? begin + letters(range.toString()).length : all.length;
    return end > begin ? { field: text.dataset.field, begin, end: Math.min(end, all.length) } : null;
  };
  document.addEventListener("selectionchange", () => { chosen = selected() || chosen; });

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // A text with its comments' words marked.
  const painted = (text) => {
    const all = letters(words.get(text.dataset.field));
    const own = comments.filter((each) => each.field === text.dataset.field && each.end > each.begin);
    const edges = [...new Set([0, all.length, ...own.flatMap((each) => [each.begin, each.end])])].sort((a, b) => a - b);
    const parts = edges.slice(1).map((end, at) => {
      const begin = edges[at];
      const piece = all.slice(begin, end).join("");
      return own.some((each) => each.begin <= begin && end <= each.end) ? element("mark", "", piece) : piece;
    });
    text.replaceChildren(...parts);
  };

  const edit = (comment, isNew) => {
    const item = document.getElementById(`c${comment.number}`);
    const area = element("textarea");
    area.rows = 3;
    area.maxLength = 2000;
    area.value = comment.words;
    area.setAttribute("aria-label", "書き込み");
    const done = element("button", "main", "決める");
    const stop = element("button", "", isNew ? "やめる" : "元に戻す");
    done.type = stop.type = "button";
    done.addEventListener("click", () => {
      comment.words = area.value.trim();
      if (!comment.words) { said.textContent = ""; area.focus(); return; }
      show();
      document.getElementById(`c${comment.number}`)?.querySelector("button")?.focus();
    });
    stop.addEventListener("click", () => {
      if (isNew) comments = comments.filter((each) => each !== comment);
      show();
    });
    item.querySelector(".said").replaceChildren(area);
    item.querySelectorAll(":scope > button").forEach((each) => each.remove());
    item.append(done, stop);
    area.focus();
  };

  const show = () => {
    comments.sort((a, b) => texts.findIndex((t) => t.dataset.field === a.field) - texts.findIndex((t) => t.dataset.field === b.field) || a.begin - b.begin);
    comments.forEach((each, at) => { each.number = at + 1; });
    for (const text of texts) {
      painted(text);
      const list = text.parentElement.querySelector(".comments");
      list.replaceChildren(...comments.filter((each) => each.field === text.dataset.field).map((comment) => {
        const item = element("li");
        item.id = `c${comment.number}`;
        const head = element("p");
        head.append(element("b", "", `${comment.number}　`), element("span", "quote", comment.quote ? `「${comment.quote}」` : "この文の全体"));
        const change = element("button", "", "書き直す");
        const drop = element("button", "", "取り消す");
        change.type = drop.type = "button";
        change.addEventListener("click", () => edit(comment, false));
        drop.addEventListener("click", () => { comments = comments.filter((each) => each !== comment); show(); });
        item.append(head, element("p", "said", comment.words), change, drop);
        return item;
      }));
    }
    const count = comments.filter((each) => each.words).length;
    mend.textContent = count ? `直すところがあります（書き込み ${count}）` : "直すところがあります";
    mend.setAttribute("aria-disabled", count ? "false" : "true");
    keep.textContent = count ? "書き込みを取り消して、このままにする" : "このままでよい";
    remember();
  };

  for (const text of texts) {
    text.parentElement.querySelector(".write").addEventListener("click", () => {
      const field = text.dataset.field;
      const range = chosen && chosen.field === field ? chosen : { field, begin: 0, end: 0 };
      chosen = null;
      document.getSelection()?.removeAllRanges();
      const quote = letters(words.get(field)).slice(range.begin, range.end).join("");
      const comment = { ...range, quote, words: "" };
      comments = comments.filter((each) => each.words);
      comments.push(comment);
      show();
      edit(comment, true);
    });
  }

  const answer = (what) => {
    const own = what === "to-mend" ? comments.filter((each) => each.words) : [];
    if (!name.value.trim()) {
      said.textContent = "あなたの名前を書いてください。";
      name.focus();
      return;
    }
    if (what === "to-mend" && !own.length) {
      said.textContent = "直すところを、文の下の「書き込む」で書いてください。";
      return;
    }
    if (what === "as-it-is" && comments.length && !confirm("書き込みを取り消して、「このままでよい」と返事をしますか。")) return;
    if (what === "as-it-is") { comments = []; show(); }
    said.textContent = "";
    const told = {
      kind: "koho-answer", schema: 1, issue: about.issue, round: about.round, department: about.department,
      version: about.version, name: name.value.trim(), answer: what,
      comments: own.map(({ field, begin, end, quote, words: comment }) => ({ field, begin, end, quote, words: comment })),
    };
    const text = `${JSON.stringify(told, null, 1)}\n`;
    const file = `返事-${about.issue}-${about.called}-${about.department}-${told.name.replace(/[\\/:*?"<>|\s]/g, "")}.json`;
    document.getElementById("text").value = text;
    document.getElementById("file").textContent = `「${WORD[what]}」という返事を、${file} に保存しました。広報の担当に渡してください。`;
    document.getElementById("done").hidden = false;
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = file;
    document.body.append(link);
    link.click();
    link.remove();
    remember();
    document.getElementById("done").scrollIntoView({ block: "nearest" });
  };
  const WORD = { "as-it-is": "このままでよい", "to-mend": "直すところがあります" };
  mend.addEventListener("click", () => answer("to-mend"));
  keep.addEventListener("click", () => answer("as-it-is"));
  name.addEventListener("input", remember);
  document.documentElement.classList.add("on");
  recall();
  show();
})();
