// Returns the looks of the page's texts, links and scrolling regions, how wide it is, and whether it has axe. Keeps an element of each look
// for looksOf(indexes). What has the same look has the same result of the rules about contrast, links in text, and scrolling: the same color,
// size and weight on the same backgrounds.
() => {
  const within = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...within(e.shadowRoot)] : [e]);
  const parentOf = e => e.parentElement ?? e.getRootNode().host;
  const hasText = e => [...e.childNodes].some(c => c.nodeType === Node.TEXT_NODE && c.data.trim());
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = parentOf(e)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(e);
      layers.push(`${backgroundColor} ${backgroundImage} ${opacity}`);
    }
    return layers.filter((layer, i) => layer !== 'rgba(0, 0, 0, 0) none 1' || i === 0).join();
  };
  const inkOf = e => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    return [color, fontSize, fontWeight, textShadow].join();
  };
  const isScroller = ({ overflowX, overflowY }, e) =>
    /auto|scroll/.test(overflowX) && e.scrollWidth > e.clientWidth || /auto|scroll/.test(overflowY) && e.scrollHeight > e.clientHeight;

  const looks = new Map();
  for (const e of within(document.body)) {
    const style = getComputedStyle(e);
    // A region in the order of the keyboard passes.
    if (isScroller(style, e) && !e.matches('[tabindex="0"]')) {
      looks.set(['scroller', e.tagName, e.className, !!e.querySelector('a[href], button, input, select, textarea, [tabindex]')].join(), e);
    }

    const isControl = e.matches('button, input, select, textarea');
    if ((isControl || hasText(e)) && e.checkVisibility()) {
      const isDisabled = !!e.closest(':disabled, [aria-disabled=true]') || !!e.control?.disabled;
      const around = parentOf(e);
      const link = e.matches('a[href]') && style.display === 'inline' && hasText(around)
        ? [style.textDecorationLine, style.fontStyle, style.fontFamily, style.borderBottom, inkOf(around), getComputedStyle(around).fontFamily].join()
        : '';
      const look = [inkOf(e), isControl, isDisabled, link, behind(e)].join();
      looks.has(look) || looks.set(look, e);
    }
  }

  const elements = [...looks.values()];
  // What is in a shadow root has no place in a list of elements.
  window.looksOf = indexes => indexes.some(i => elements[i].getRootNode() !== document) ? document : { include: indexes.map(i => elements[i]) };
  return { looks: [...looks.keys()], width: document.documentElement.scrollWidth, hasAxe: 'loadAxe' in window };
}
