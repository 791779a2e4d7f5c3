// What a reader sees of the page, for tests/web: every run of text with its boxes and colours.
() => {
  const seen = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, noscript, template, svg, [hidden]")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const style = getComputedStyle(parent);
    const boxes = [...range.getClientRects()]
      .filter((box) => box.width > 1 && box.height > 1)
      .map((box) => [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY]);
    seen.push({
      text: node.data,
      boxes,
      reading: !!parent.closest("rt, rp"),
      // Kept for readers who listen, or shown only when focused.
      aside: style.clipPath !== "none" || style.clip !== "auto" || !boxes.some((box) => box[3] > 0 && box[2] > 0),
      colour: style.color,
      pixels: parseFloat(style.fontSize),
      bold: parseInt(style.fontWeight) >= 700,
    });
  }
  const cut = [...document.body.querySelectorAll("*")].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (element.closest("svg") || element.clientWidth <= 1 || !element.textContent.trim()) return false;
    return (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1)
      || (overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1);
  }).map((element) => element.outerHTML.slice(0, 120));
  const scroll = document.scrollingElement;
  return { seen, cut, width: innerWidth, needed: scroll.scrollWidth, height: scroll.scrollHeight };
}
