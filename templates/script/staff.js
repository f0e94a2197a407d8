// The composer: what is written stays in this browser until it is sent; Ctrl and Enter send it.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const text = form.querySelector("textarea");
  const key = `draft ${form.dataset.draft}`;
  if (!text.value) text.value = localStorage.getItem(key) ?? "";
  text.addEventListener("input", () => localStorage.setItem(key, text.value));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => localStorage.removeItem(key));
})();
