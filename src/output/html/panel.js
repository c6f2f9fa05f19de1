(() => {
  "use strict";
  // A click or tap on a finding opens what is known of it beside the text; j and k go from one to the next.
  const panel = document.getElementById("panel"), inner = document.getElementById("panel-body");
  const help = document.getElementById("keys"), box = document.getElementById("filter");
  const marks = [...document.querySelectorAll(".body [data-ids]")].filter((e) => e.id);
  let at = -1;
  const ids = (e) => e.dataset.ids.split(" ").filter((id) => !/r\d+$/.test(id));
  const open = (mark) => {
    document.querySelectorAll(".body .lit").forEach((e) => e.classList.remove("lit"));
    inner.replaceChildren();
    for (const id of ids(mark).reverse()) {
      document.querySelectorAll('.body [data-ids~="' + CSS.escape(id) + '"]').forEach((e) => e.classList.add("lit"));
      const cards = [...document.querySelectorAll('main [data-of~="' + CSS.escape(id) + '"]')];
      // The row of a figure says nothing that its check does not.
      const told = cards.some((card) => card.tagName !== "TR") ? cards.filter((card) => card.tagName !== "TR") : cards;
      for (const card of told) {
        const box = document.createElement("div");
        box.className = "found";
        if (card.tagName === "TR") {
          const names = [...card.closest("table").querySelectorAll("th")].map((e) => e.textContent);
          [...card.children].forEach((cell, n) => {
            if (!cell.textContent.trim()) return;
            const p = document.createElement("p"), name = document.createElement("span");
            name.className = "meta";
            name.textContent = names[n] + ": ";
            p.append(name, ...cell.cloneNode(true).childNodes);
            box.append(p);
          });
        } else {
          const copy = card.cloneNode(true);
          copy.removeAttribute("id");
          copy.querySelectorAll("[id]").forEach((e) => e.removeAttribute("id"));
          copy.classList.remove("gone");
          box.append(copy);
        }
        inner.append(box);
      }
    }
    panel.hidden = !inner.childElementCount;
    at = marks.indexOf(mark) >= 0 ? marks.indexOf(mark) : at;
  };
  const close = () => { panel.hidden = true; document.querySelectorAll(".body .lit").forEach((e) => e.classList.remove("lit")); };
  document.querySelector(".body").addEventListener("click", (event) => {
    const mark = event.target.closest("[data-ids]");
    if (mark && ids(mark).length && !String(getSelection())) open(mark);
  });
  document.getElementById("panel-close").addEventListener("click", close);
  const go = (step) => {
    const next = marks.findIndex((e, n) => step > 0 && n > at && ids(e).length);
    const before = marks.findLastIndex((e, n) => n < at && ids(e).length);
    const to = step > 0 ? next : before;
    if (to < 0) return;
    at = to;
    marks[to].scrollIntoView({ block: "center" });
    marks[to].focus({ preventScroll: true });
    open(marks[to]);
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { help.close(); close(); event.target.blur?.(); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "/") { event.preventDefault(); box.focus(); }
    else if (event.key === "?") help.open ? help.close() : help.showModal();
    else if (event.key === "Enter" && event.target.dataset?.ids) open(event.target);
  });
  document.getElementById("keys-open").addEventListener("click", () => help.showModal());
})();
