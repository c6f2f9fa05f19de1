(() => {
  "use strict";
  // Names that the last word may begin, below the box.
  for (const box of document.querySelectorAll("form.ask input[type=search]")) {
    const list = document.createElement("datalist");
    list.id = "suggested";
    box.after(list);
    box.setAttribute("list", list.id);
    box.autocomplete = "off";
    let wait;
    box.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const answer = await fetch("/suggest.json?q=" + encodeURIComponent(box.value)).catch(() => null);
        if (!answer || !answer.ok) return;
        const option = (one) => Object.assign(document.createElement("option"), { value: one.query, label: one.label });
        list.replaceChildren(...(await answer.json()).map(option));
      }, 150);
    });
  }
})();
