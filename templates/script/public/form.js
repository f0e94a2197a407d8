// The form: how long the text is, and that it is on its way. The server counts and guards against doubles by itself.
(() => {
  const form = document.querySelector("form[data-busy]");
  if (!form) return;

  const text = form.querySelector("[data-count]");
  if (text) {
    const line = document.getElementById(text.dataset.count);
    const count = () => {
      const length = Array.from(text.value.replace(/\r\n/g, "\n")).length;
      line.textContent = line.dataset.words.replace("0", length.toLocaleString("en"));
    };
    text.addEventListener("input", count);
    line.hidden = false;
    count();
  }

  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  form.addEventListener("submit", (event) => {
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
