// The form: how long the text is, which pages may answer it, and that it is on its way. The server counts and guards
// against doubles by itself.
(() => {
  const form = document.querySelector("form[data-busy]");
  if (!form) return;

  const text = form.querySelector("[data-count]");
  if (text) {
    const line = document.getElementById(text.dataset.count);
    const count = () => {
      const length = Array.from(text.value.replace(/\r\n/g, "\n")).length;
      line.textContent = line.dataset.words.replace("0", length.toLocaleString("en"));
      line.classList.toggle("field-count-over", length > 10000);
    };
    text.addEventListener("input", count);
    line.hidden = false;
    count();
  }

  const place = document.getElementById("suggested");
  if (place) {
    const subject = form.elements.namedItem("subject");
    let waiting;
    let shown = "";
    const ask = async () => {
      const typed = subject.value.trim();
      if (typed === shown) return;
      shown = typed;
      try {
        const answer = await fetch(`${place.dataset.from}?q=${encodeURIComponent(typed)}`);
        if (!answer.ok || typed !== shown) return;
        const part = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...part.querySelectorAll(".suggestions"));
      } catch {
        // Without them the form is as good.
      }
    };
    subject.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 500);
    });
    if (subject.value) ask();
  }

  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter !== button) return;
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
  });
  // Back from the next page, the form can be sent again.
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = words;
  });

  const summary = document.getElementById("errors");
  if (summary) summary.focus();
})();
