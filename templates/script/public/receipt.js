// The receipt: copy the reference, print the page.
(() => {
  const deeds = document.querySelector("[data-deeds]");
  if (!deeds) return;
  const copy = deeds.querySelector("[data-copy]");
  const said = deeds.querySelector("[data-said]");
  const reference = document.querySelector("[data-reference]").textContent.trim();
  // A page that did not come over https cannot copy.
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(reference);
    copy.querySelector("span").textContent = copy.dataset.done;
    said.textContent = copy.dataset.done;
  });
  deeds.querySelector("[data-print]").addEventListener("click", () => print());
  deeds.hidden = false;
})();
