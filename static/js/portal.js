/* What script adds to pages that work without it. */
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const wide = window.matchMedia("(min-width: 62rem)");

  /* Navigation: remember whether it is a rail; Escape closes it on a phone. */
  const shell = document.querySelector(".shell");
  const toggle = document.getElementById("nav-toggle");
  if (shell && toggle) {
    toggle.addEventListener("change", () => {
      if (!wide.matches) return;
      const rail = shell.classList.contains("is-rail") !== toggle.checked;
      document.cookie = `pt_rail=${rail ? 1 : 0}; path=/; max-age=31536000; SameSite=Lax`;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !wide.matches && toggle.checked) {
        toggle.checked = false;
        toggle.focus();
      }
    });
  }

  /* Menus: one open at a time; a click outside or Escape closes it. */
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* The grid of a plan: Enter goes to the same cell of the row below (with Shift above); leaving a
     changed cell saves its row. */
  document.addEventListener("keydown", (event) => {
    const cell = event.key === "Enter" && !event.isComposing && event.target.closest(".plan-grid .form-control");
    if (!cell) return;
    event.preventDefault();
    const column = all(`.plan-grid [name="${cell.name}"]`);
    const next = column[column.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      next.select();
    } else {
      cell.form.requestSubmit();
    }
  });

  /* A faulty cell of a sheet: Enter in its value presses the button beside it, not that of the form. */
  document.addEventListener("keydown", (event) => {
    const value = event.key === "Enter" && !event.isComposing && event.target.closest(".cell-note .form-control");
    const button = value && value.parentElement.querySelector("button[name=fix]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  /* Lists: choose the whole page, show how many are chosen. */
  function showChosen(list) {
    const boxes = all("[data-select]", list).filter((box) => !box.disabled);
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr")?.classList.toggle("is-selected", box.checked));
    all("[data-select-all]", list).forEach((box) => {
      box.checked = boxes.length > 0 && chosen.length === boxes.length;
      box.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    });
    all("[data-selected-words]", list).forEach((place) => {
      const count = chosen.length.toLocaleString("vi-VN");
      place.textContent = place.dataset.selectedWords.replace("{n}", count);
    });
    all("[data-bulk]", list).forEach((bar) => { bar.hidden = chosen.length === 0; });
  }
  function chooseAll(list, checked) {
    all("[data-select]", list).forEach((box) => {
      if (!box.disabled) box.checked = checked;
    });
  }
  function prepareLists(root) {
    const lists = all("[data-select-list]", root);
    if (root.matches?.("[data-select-list]")) lists.push(root);
    lists.forEach(showChosen);
  }
  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-select-list]");
    if (!list) return;
    if (event.target.matches("[data-select-all]")) chooseAll(list, event.target.checked);
    if (event.target.matches("[data-select], [data-select-all]")) showChosen(list);
  });
  document.addEventListener("click", (event) => {
    const none = event.target.closest("[data-select-none]");
    if (!none) return;
    event.preventDefault();
    const list = none.closest("[data-select-list]");
    all("[data-select]", list).forEach((box) => { box.checked = false; });
    showChosen(list);
  });

  /* Upload: a file may be dropped on the zone; its name is shown. */
  const zoneOf = (event) => event.target instanceof Element && event.target.closest("[data-upload]");
  function showFile(zone) {
    const files = Array.from(zone.querySelector("input[type=file]").files);
    zone.classList.toggle("has-file", files.length > 0);
    const place = zone.querySelector("[data-upload-name]");
    if (place) place.textContent = files.map((file) => file.name).join(", ");
  }
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  }));
  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    zone.querySelector("input[type=file]").files = event.dataTransfer.files;
    showFile(zone);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-upload] input[type=file]")) showFile(zoneOf(event));
  });

  /* Forms marked data-once: a second press while the first is under way sends nothing. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) {
      event.submitter.classList.add("is-busy");
      event.submitter.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all(".is-busy", form).forEach((button) => {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    });
  }));

  /* Strips of tabs that scroll: the active one stands in sight. */
  all(".tabs-pt [aria-current]").forEach((tab) => {
    const strip = tab.closest(".tabs-pt");
    const from = tab.getBoundingClientRect().left - strip.getBoundingClientRect().left;
    strip.scrollLeft += from - (strip.clientWidth - tab.offsetWidth) / 2;
  });

  /* Printing is the browser's; the button only asks for it. */
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  /* Parts of pages: prepare what htmx swapped in. */
  document.addEventListener("htmx:load", (event) => prepareLists(event.detail.elt));
  /* The button that sent a part of a page shows that it is under way; a slow link takes its time. */
  const pressed = (event) => event.detail.requestConfig?.triggeringEvent?.submitter;
  document.addEventListener("htmx:beforeSend", (event) => {
    pressed(event)?.classList.add("is-busy");
    pressed(event)?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    pressed(event)?.classList.remove("is-busy");
    pressed(event)?.removeAttribute("aria-busy");
  });

  /* A part that came with a sheet: the page and the sheet stay where they were scrolled to. */
  let sheetAt = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const sheet = event.detail.target?.querySelector?.(".sheet-wrap");
    sheetAt = sheet && [sheet.scrollLeft, sheet.scrollTop];
  });
  document.addEventListener("htmx:afterSwap", () => {
    const sheet = sheetAt && document.querySelector(".sheet-wrap");
    if (sheet) [sheet.scrollLeft, sheet.scrollTop] = sheetAt;
    sheetAt = null;
  });

  /* The part that came replaced the button that was pressed: who goes by keyboard stays in place,
     on the same button or, where it is gone, on the section that it stood in. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const was = pressed(event);
    if (!was || was.isConnected || document.activeElement !== document.body) return;
    const same = all("button[name]").find((one) => one.name === was.name && one.value === was.value);
    const place = same || document.getElementById(was.closest("section[id]")?.id);
    if (!place) return;
    if (!same) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });

  /* A part that did not come: say why on top; what was typed stays. */
  const PART_FAILED = "Một phần của trang chưa tải được. Tải lại trang rồi thử lại.";
  const NOT_SENT = "Chưa gửi được, những gì vừa gõ vẫn còn. Xem lại đường mạng rồi bấm lại nút vừa rồi.";
  function renewToken(token) {
    if (!token) return;
    all("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }
  function whyFailed(detail) {
    if (detail.xhr?.status === 401) return detail.xhr.responseText;
    if (detail.xhr?.getResponseHeader("X-New-Token")) return detail.xhr.responseText;
    const words = detail.requestConfig?.verb === "get" ? PART_FAILED : NOT_SENT;
    return `<div class="notice notice-alert" role="alert" tabindex="-1"><p>${words}</p></div>`;
  }
  ["htmx:responseError", "htmx:sendError"].forEach((name) => {
    document.addEventListener(name, (event) => {
      const place = document.getElementById("thong-bao");
      if (!place) return;
      renewToken(event.detail.xhr?.getResponseHeader("X-New-Token"));
      const note = document.createElement("div");
      note.dataset.partFailed = "1";
      note.innerHTML = whyFailed(event.detail);
      const before = place.querySelector("[data-part-failed]");
      if (before?.textContent === note.textContent) return;
      before?.remove();
      place.append(note);
      if (event.detail.requestConfig?.verb !== "get") note.firstElementChild?.focus();
    });
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (!event.detail.successful) return;
    document.querySelector("#thong-bao [data-part-failed]")?.remove();
    /* What was told of the act before is over: the part tells of this one. */
    if (event.detail.requestConfig.verb === "post") all("#thong-bao > .notice").forEach((note) => note.remove());
  });

  prepareLists(document);
  /* What only script can do is shown from now on, not before: a press on it is never lost. */
  document.documentElement.classList.add("is-ready");
})();
