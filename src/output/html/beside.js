(() => {
  "use strict";
  // Two texts scroll together: what both share stands at the same height.
  const sides = [...document.querySelectorAll(".side")];
  const places = sides.map((side) => {
    const all = new Map();
    for (const e of side.querySelectorAll("[data-ids]")) for (const id of e.dataset.ids.split(" ")) {
      if (!all.has(id)) all.set(id, []);
      all.get(id).push(e);
    }
    return all;
  });
  const shared = [...places[0].keys()].filter((id) => places[1].has(id));
  const top = (n, id) => places[n].get(id)[0].getBoundingClientRect().top - sides[n].getBoundingClientRect().top;
  const line = (n) => sides[n].clientHeight / 3;
  let lead = 0, at = -1;
  const light = (id) => {
    document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    for (const all of places) for (const e of all.get(id) || []) e.classList.add("lit");
  };
  // The other side follows: between two shared places in proportion, else to the nearest.
  const follow = () => {
    const other = 1 - lead, height = line(lead);
    if (!shared.length) {
      const [a, b] = [sides[lead], sides[other]];
      b.scrollTop = a.scrollTop / Math.max(1, a.scrollHeight - a.clientHeight) * (b.scrollHeight - b.clientHeight);
      return;
    }
    const order = shared.map((id) => [top(lead, id), top(other, id)]).sort((a, b) => a[0] - b[0]);
    const after = order.findIndex((one) => one[0] > height);
    const [above, below] = after < 0 ? [order.at(-1), null] : [order[after - 1], order[after]];
    let to;
    if (above && below && below[1] >= above[1] && below[0] > above[0]) {
      to = above[1] + (height - above[0]) / (below[0] - above[0]) * (below[1] - above[1]);
    } else {
      const nearest = !above ? below : !below || height - above[0] <= below[0] - height ? above : below;
      to = nearest[1] + height - nearest[0];
    }
    sides[other].scrollTop += to - height;
  };
  const show = (id, from) => {
    if (!places[1 - from].has(id)) return;
    at = shared.indexOf(id);
    light(id);
    sides.forEach((side, n) => { side.scrollTop += top(n, id) - line(n); });
  };
  sides.forEach((side, n) => {
    for (const kind of ["pointerenter", "wheel", "touchstart", "focusin"]) side.addEventListener(kind, () => { lead = n; }, { passive: true });
    side.addEventListener("scroll", () => { if (lead === n) follow(); }, { passive: true });
    side.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-ids]");
      if (mark && !String(getSelection())) show(mark.dataset.ids.split(" ").at(-1), n);
    });
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !shared.length) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) show(shared[Math.min(shared.length - 1, Math.max(0, at + step))], 0);
  });
  if (shared.length) show(shared[0], 0);
})();
