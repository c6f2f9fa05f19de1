(() => {
  "use strict";
  // Every piece of a finding lights up when its anchor is followed; folds that hide it open.
  const light = () => {
    document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const target = document.getElementById(id);
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    document.querySelectorAll('[data-ids~="' + CSS.escape(id) + '"]').forEach((e) => e.classList.add("lit"));
    if (target && target.tagName !== "SECTION") target.scrollIntoView({ block: target.tagName === "SPAN" ? "center" : "start" });
  };
  addEventListener("hashchange", light);
  light();

  const box = document.getElementById("filter");
  const items = [...document.querySelectorAll("[data-item]")].map((e) => [e, e.textContent.toLowerCase()]);
  const groups = [...document.querySelectorAll("[data-group]")];
  let wait;
  const filter = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const [e, text] of items) e.classList.toggle("gone", !words.every((w) => text.includes(w)));
    for (const g of groups) {
      const some = !words.length || g.querySelector("[data-item]:not(.gone)");
      g.classList.toggle("gone", !some);
      if (g.tagName === "DETAILS" && words.length && some) g.open = true;
    }
  };
  if (box) box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 120); });

  const links = new Map([...document.querySelectorAll("nav.top a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const e of entries) if (e.isIntersecting) {
      links.forEach((a) => a.classList.remove("here"));
      links.get(e.target.id)?.classList.add("here");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  document.querySelectorAll("section[id]").forEach((s) => seen.observe(s));

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
})();
