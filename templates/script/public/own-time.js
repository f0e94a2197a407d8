// When the counter opens or closes, in the reader's own time; nothing where that is Japan's.
(() => {
  const language = document.documentElement.lang;
  const written = (at, zone, style) => new Intl.DateTimeFormat(language, { ...style, timeZone: zone }).format(at);
  const clock = { hour: "numeric", minute: "2-digit", hourCycle: "h23" };
  const JAPAN = "Asia/Tokyo";
  for (const place of document.querySelectorAll("[data-own-time]")) {
    const at = new Date(place.dataset.ownTime);
    if (written(at, undefined, clock) === written(at, JAPAN, clock)) continue;
    const day = { weekday: "short" };
    const isSameDay = written(at, undefined, day) === written(at, JAPAN, day);
    const time = written(at, undefined, isSameDay ? clock : { ...day, ...clock });
    place.textContent = place.dataset.words.replace("\ufffc", time);
    place.hidden = false;
  }
})();
