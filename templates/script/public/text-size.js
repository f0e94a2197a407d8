// The reader's text size: kept in the browser alone. Without scripts the browser's own zoom does the same.
(() => {
  const root = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem("text-size") || "normal";
    } catch {
      return "normal";
    }
  };
  const show = (size) => {
    root.dataset.size = size;
    for (const choice of document.querySelectorAll(".head-size-choice")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.size === size));
    }
  };
  const group = document.querySelector("[data-text-size]");
  if (!group) return;
  group.hidden = false;
  show(kept());
  group.addEventListener("click", (event) => {
    const choice = event.target.closest(".head-size-choice");
    if (!choice) return;
    show(choice.dataset.size);
    try {
      localStorage.setItem("text-size", choice.dataset.size);
    } catch {
      // A browser that keeps nothing shows the size on this page only.
    }
  });
})();
