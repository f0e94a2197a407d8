// Comfort for staff: drafts stay in this browser until they are sent, Ctrl and Enter send, pictures are pasted into the
// text, numbers are copied with one click, and a property's button comes when there is something to set. Everything
// works without.
(() => {
  document.documentElement.classList.add("scripted");

  const form = document.querySelector("form[data-draft]");
  if (form) {
    const text = form.querySelector("textarea");
    const state = form.querySelector("[data-draft-state]");
    const key = `draft ${form.dataset.draft}`;
    let waits;
    if (!text.value) text.value = localStorage.getItem(key) ?? "";
    text.addEventListener("input", () => {
      localStorage.setItem(key, text.value);
      clearTimeout(waits);
      waits = setTimeout(() => (state.textContent = text.value ? state.dataset.words : ""), 800);
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    // A picture that is pasted or dropped into the text goes along as a file, and is shown where it was put.
    const files = form.elements.attachments;
    const put = (event, given) => {
      const pictures = [...given].filter((file) => /^image\/(png|jpeg|gif|webp)$/.test(file.type));
      if (pictures.length === 0) return;
      event.preventDefault();
      const all = new DataTransfer();
      for (const file of files.files) all.items.add(file);
      for (const picture of pictures) {
        const taken = [...all.files].map((file) => file.name);
        const plain = picture.name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "picture";
        let name = plain;
        for (let count = 2; taken.includes(name); count++) name = plain.replace(/(\.\w+)?$/, `-${count}$1`);
        all.items.add(new File([picture], name, { type: picture.type }));
        text.setRangeText(`![${text.dataset.picture}](${name})`, text.selectionStart, text.selectionEnd, "end");
      }
      files.files = all.files;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    };
    text.addEventListener("paste", (event) => put(event, event.clipboardData.files));
    text.addEventListener("drop", (event) => put(event, event.dataTransfer.files));
    form.addEventListener("submit", () => localStorage.removeItem(key));
    // Who will receive it stands above it as it is typed.
    form.addEventListener("input", () => {
      for (const line of document.querySelectorAll("[data-shown]")) {
        const name = line.dataset.shown;
        const chosen = name === "cc" ? [...form.querySelectorAll("[name=also]:checked")] : [];
        const all = [...chosen, form.elements[name]].map((field) => field.value.trim()).filter(Boolean);
        line.querySelector("bdi").textContent = all.join(", ");
        line.hidden = all.length === 0;
      }
    });
  }

  for (const property of document.querySelectorAll(".property")) {
    property.addEventListener("input", () => property.classList.add("changed"));
  }

  // The way to the note unfolds it.
  const note = document.getElementById("note");
  const unfold = () => {
    if (note && location.hash === "#note") {
      note.open = true;
      note.querySelector("textarea").focus();
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  const said = document.querySelector("[data-said]");
  for (const button of document.querySelectorAll("[data-copy]")) {
    // A page that did not come over https cannot copy.
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const words = button.querySelector("span");
      if (words) words.textContent = button.dataset.done;
      if (said) said.textContent = button.dataset.done;
    });
  }
})();
