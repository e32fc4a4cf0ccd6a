() => {
  const ours = (element) => /^(?:https?:\/\/[^/]+)?\/static\//.test(element.getAttribute("src") ?? element.getAttribute("href") ?? "");
  const address = /^(?:href|src|action|formaction|data|xlink:href|srcset|poster|background)$/;
  const runs = /^[\s\x00-\x20]*(?:java|vb)script:|^\s*data:(?!image\/)/i;
  const shown = (element, name) => name === "value" || (name === "href" && element.localName === "a");
  const kinds = "script, link, style, iframe, object, embed, base, meta[http-equiv], svg script, foreignObject, marquee, math";
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const bad =
        /^on|^(?:data-)?hx-on/.test(name) ||
        (address.test(name) && runs.test(value)) ||
        (address.test(name) && value.includes("/ran/") && !shown(element, name)) ||
        (/hx-(?:get|post|vals)$/.test(name) && /ran[(\/]/.test(value));
      if (bad) found.push(`${element.localName} ${name}=${value}`);
    }
  }
  for (const element of document.querySelectorAll(kinds)) {
    if (!(/^(?:script|link)$/.test(element.localName) && ours(element))) found.push(element.outerHTML.slice(0, 200));
  }
  return found;
}
