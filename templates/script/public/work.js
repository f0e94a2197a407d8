// While the desk is flooded, a page to check asks for a little work before it is sent: a number whose hash with the page's
// seal begins with so many zeros. Without it the enquiry is looked at by a person first.
(() => {
  const form = document.querySelector("form[data-work]");
  if (!form || !window.crypto || !crypto.subtle) return;
  const bits = Number(form.dataset.work);
  const seal = form.elements.namedItem("seal").value;
  const encoder = new TextEncoder();
  const isDone = async (work) => {
    const hash = await crypto.subtle.digest("SHA-256", encoder.encode(`${seal}:${work}`));
    return new DataView(hash).getUint32(0) >>> (32 - bits) === 0;
  };
  let done = false;
  let pressed = null;
  const search = async () => {
    let work = 0;
    while (!(await isDone(work))) work += 1;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "work", value: String(work) });
    form.prepend(field);
    done = true;
    if (pressed) form.requestSubmit(pressed);
  };
  // Whoever is quicker than the search waits for it; the button says that it is on its way.
  form.addEventListener("submit", (event) => {
    if (done || (event.submitter && event.submitter.name === "step")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
    if (pressed) pressed.textContent = form.dataset.busy;
  });
  search();
})();
