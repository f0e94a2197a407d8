// Files of the enquiry go ahead of it, one by one, with their progress; chosen, dropped or pasted. Each has a box that is
// ticked: without its tick it does not go. Without scripts they go with the form.
(() => {
  const inputs = [...document.querySelectorAll("input[data-upload]")];
  // What is dropped or pasted belongs to no question.
  const general = document.getElementById("attachments");
  if (!inputs.includes(general) || !window.DataTransfer) return;
  const form = general.form;
  const live = document.getElementById("files-said");
  const listOf = (input) => input.closest(".field").querySelector(".files-kept");
  const words = (key, name) => general.dataset[key].replace("\ufffc", name);
  const say = (sentence) => {
    live.textContent = sentence;
  };
  const element = (name, properties = {}, children = []) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const waiting = [];
  let under = null;
  let pressed = null;
  let ready = "";

  const line = (name) => {
    const box = element("input", { type: "checkbox", className: "choice", checked: true });
    const size = element("span", { className: "files-size" });
    const bar = element("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", words("uploading", name));
    const title = element("span", {}, [element("bdi", { textContent: name }), " ", size]);
    const item = element("li", {}, [element("label", {}, [box, title]), bar]);
    return { item, box, size, bar, title };
  };
  const arrived = (job, file) => {
    job.box.name = "kept";
    job.box.value = file.signed;
    job.size.textContent = file.shown;
    job.bar.remove();
    say(words("uploaded", file.filename));
    // The draft is to know of it.
    form.dispatchEvent(new Event("change"));
  };
  const failed = (job, sentence) => {
    job.item.className = "files-failed";
    job.item.replaceChildren(sentence);
    say(sentence);
    if (pressed) pressed.textContent = ready;
    pressed = null;
  };
  // Whoever took a file away goes on from where files are chosen.
  const left = (job) => {
    const kept = listOf(job.input);
    kept.hidden = !kept.querySelector("li");
    say("");
    job.input.focus();
  };
  const next = () => {
    const job = waiting.shift();
    if (!job) {
      const button = pressed;
      pressed = null;
      if (button) {
        button.textContent = ready;
        form.requestSubmit(button);
      }
      return;
    }
    if (!job.box.checked) {
      job.item.remove();
      left(job);
      next();
      return;
    }
    under = new XMLHttpRequest();
    under.open("POST", job.input.dataset.upload);
    under.responseType = "json";
    under.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) job.bar.value = event.loaded / event.total;
    });
    const answered = under;
    job.box.addEventListener("change", () => answered.abort());
    under.addEventListener("load", () => {
      const answer = answered.response || {};
      if (answer.files) arrived(job, answer.files[0]);
      else failed(job, answer.error || words("failed", job.file.name));
    });
    under.addEventListener("error", () => failed(job, words("failed", job.file.name)));
    under.addEventListener("abort", () => {
      job.item.remove();
      left(job);
    });
    under.addEventListener("loadend", () => {
      under = null;
      next();
    });
    const body = new FormData();
    body.append("seal", form.elements.namedItem("seal").value);
    body.append(job.input.name, job.file, job.file.name);
    under.send(body);
  };

  const take = (input, files) => {
    const kept = listOf(input);
    for (const file of files) {
      const job = { file, input, ...line(file.name) };
      kept.querySelector("ul").append(job.item);
      kept.hidden = false;
      waiting.push(job);
      say(words("uploading", file.name));
    }
    if (!under) next();
  };

  for (const input of inputs) {
    input.addEventListener("change", () => {
      take(input, Array.from(input.files));
      input.value = "";
    });
  }
  document.getElementById("files-drop").hidden = false;
  form.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData ? event.clipboardData.files : []);
    if (!files.length) return;
    event.preventDefault();
    take(general, files);
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      form.classList.add("form-drop");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("form-drop");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("form-drop");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(general, Array.from(event.dataTransfer.files));
  });

  // The form waits for what is under way, and stops once at what did not arrive.
  form.addEventListener("submit", (event) => {
    const failures = form.querySelectorAll(".files-failed:not([tabindex])");
    if (!under && failures.length) {
      event.preventDefault();
      event.stopImmediatePropagation();
      for (const failure of failures) failure.tabIndex = -1;
      failures[0].focus();
      return;
    }
    if (!under) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.submitter;
    ready = pressed.textContent;
    pressed.textContent = form.dataset.busy;
    say(words("uploading", form.querySelector("progress").closest("li").querySelector("bdi").textContent));
  });
})();
