// <health-directory>: the directory on another site. It asks for the pages that a frame would show and shows them in a shadow root.
// Nothing is stored, nothing that was typed stands in an address, and nothing else is loaded. This script has what the first view needs;
// later.js answers clicks and forms.
(() => {
  const { colors, style, exit, words, version } = SETTINGS;

  // Sites change what a browser has built in. What is used later is taken now.
  const { document, customElements, navigator, location, top, setTimeout, clearTimeout } = window;
  const { CSSStyleSheet, CustomEvent, Element, FormData, HTMLElement, Node, URL, URLSearchParams, XMLHttpRequest } = window;
  const { apply } = Reflect;
  const taken = (type, name) => {
    const method = type.prototype[name];
    return (it, ...rest) => apply(method, it, rest);
  };
  const one = taken(Element, 'querySelector'), all = taken(Element, 'querySelectorAll'), closest = taken(Element, 'closest');
  const matches = taken(Element, 'matches'), read = taken(Element, 'getAttribute'), write = taken(Element, 'setAttribute');
  const erase = taken(Element, 'removeAttribute'), shadowOf = taken(Element, 'attachShadow'), focus = taken(HTMLElement, 'focus');
  const add = taken(Node, 'appendChild'), drop = taken(Node, 'removeChild'), swap = taken(Node, 'replaceChild');
  const listen = taken(EventTarget, 'addEventListener'), fire = taken(EventTarget, 'dispatchEvent'), create = taken(Document, 'createElement');
  const open = taken(XMLHttpRequest, 'open'), send = taken(XMLHttpRequest, 'send'), abort = taken(XMLHttpRequest, 'abort');
  const cut = taken(String, 'slice'), find = taken(RegExp, 'exec');
  if (customElements.get('health-directory')) {
    return;
  }

  const script = document.currentScript || document.querySelector('script[src*="/embed.js"]');
  const pages = new URL('embed/list', script.src).href;
  const sheet = new CSSStyleSheet();
  // The host page's scheme decides between light and dark where a browser can tell; every color can be set.
  let palette = '';
  for (const [name, light, dark] of colors) {
    palette += `--${name}:var(--health-directory-${name},${dark && CSS.supports('color:light-dark(red,red)') ? `light-dark(${light},${dark})` : light});`;
  }
  sheet.replaceSync(`.directory{${palette}}${style}`);

  // What only later views need comes when the first is shown.
  const more = new CSSStyleSheet();
  const later = new URL('embed/later.js?' + version, script.src).href;
  let coming;
  const load = async () => {
    try {
      const module = await import(later);
      more.replaceSync(module.style);
      return module.start({ one, all, matches, read, write, erase, add, drop, swap, focus, listen, find, CSSStyleSheet, FormData, URL, URLSearchParams, pages });
    } catch {
      coming = null;
    }
  };
  const views = () => coming ||= load();
  const asked = ['kinds', 'needs', 'need', 'state', 'county', 'near', 'radius', 'lang', 'page-size', 'theme', 'list'];
  const shown = new Set();
  const schemes = { __proto__: null, 'http:': 1, 'https:': 1, 'tel:': 1, 'sms:': 1, 'mailto:': 1 };

  const make = (parent, tag, name, role) => {
    const node = create(document, tag);
    write(node, 'class', name);
    write(node, 'part', name);
    if (role) {
      write(node, 'role', role);
    }
    return add(parent, node);
  };
  const wordsOf = language => words[language] || words[find(/^zh-(Hant|TW|HK|MO)/i, language) ? 'zh-Hant' : find(/^zh/, language) ? 'zh-Hans' : cut(language, 0, 2)] || words.en;
  const isOurs = address => cut(address, 0, pages.length) === pages;
  const leave = () => {
    document.documentElement.hidden = true;
    try {
      top.location.replace(exit);
    } catch {
      location.replace(exit);
    }
  };

  // A page of the directory as a part of the host's page: no second main landmark, whole addresses, a part for each class.
  const fit = (view, address) => {
    for (const node of all(view, 'script,style,link,img,.skip')) {
      drop(node.parentNode, node);
    }
    for (const old of all(view, 'header,main,footer')) {
      const node = create(document, 'div');
      write(node, 'class', 'site-' + old.localName);
      while (old.firstChild) {
        add(node, old.firstChild);
      }
      swap(old.parentNode, node, old);
    }
    for (const link of all(view, 'a[href]')) {
      const to = new URL(read(link, 'href'), address);
      if (!schemes[to.protocol]) {
        erase(link, 'href');
        continue;
      }
      write(link, 'href', to.href);
      if (to.protocol[0] === 'h' && !isOurs(to.href)) {
        write(link, 'target', '_blank');
      }
    }
    for (const form of all(view, 'form')) {
      write(form, 'action', new URL(read(form, 'action'), address).href);
    }
    for (const node of all(view, '[class]')) {
      write(node, 'part', read(node, 'class'));
    }
    for (const button of all(view, navigator.clipboard ? '.copy,.print' : '.print')) {
      erase(button, 'hidden');
    }
    return view;
  };

  // One embed. What later.js needs of it stands in "it"; "it.now" is the view that is shown.
  const embed = element => {
    // Closed, so that programs that record what visitors do cannot read what was typed.
    const shadow = shadowOf(element, { mode: 'closed' });
    shadow.adoptedStyleSheets = [sheet, more];
    const box = make(shadow, 'div', 'directory'), status = make(box, 'p', 'status', 'status'), trouble = make(box, 'p', 'trouble', 'alert');
    const it = { element, box, status };
    let said, request, timer, started;
    const tell = (name, detail) => fire(element, new CustomEvent('health-directory:' + name, { bubbles: true, composed: true, detail }));

    const start = () => {
      started = true;
      const query = new URLSearchParams();
      for (const name of asked) {
        const value = read(element, name);
        if (value) {
          query.append(name, value);
        }
      }
      query.append('part', 'first');
      said = wordsOf(read(element, 'lang') || navigator.language);
      write(box, 'data-theme', read(element, 'theme') || '');
      it.load({ address: pages + '?' + query, first: true });
    };

    it.stop = () => {
      clearTimeout(timer);
      it.again = null;
      if (request) {
        abort(request);
        request = null;
      }
    };

    const settle = () => {
      clearTimeout(timer);
      request = null;
      status.textContent = trouble.textContent = '';
      erase(box, 'aria-busy');
    };

    // What was shown stays. A report is sent once; everything else is tried again.
    const fail = (to, again) => {
      settle();
      const button = make(trouble, 'button', 'go');
      button.type = 'button';
      button.textContent = said[1];
      button.onclick = again;
      to.tries = (to.tries || 0) + 1;
      if (!to.once) {
        it.again = again;
        if (to.tries < 5) {
          timer = setTimeout(again, 1000 * 2 ** to.tries);
        }
      }
      tell('error', {});
    };

    it.load = to => {
      it.stop();
      const asking = request = new XMLHttpRequest();
      if (to.into !== 'complete') {
        write(box, 'aria-busy', 'true');
      }
      timer = setTimeout(() => status.textContent = said[0], 700);
      asking.onerror = asking.ontimeout = () => fail(to, () => it.load(to));
      asking.onload = async () => {
        const page = asking.response;
        const ready = to.first || await views();
        if (request !== asking) {
          return;
        }
        if (!page?.body || !one(page.body, 'main') || asking.status === 429 || asking.status > 499 || !ready) {
          asking.onerror();
          return;
        }
        settle();
        if (to.into) {
          ready[to.into](it, fit(page.body, to.address));
        } else {
          show(page, to);
        }
        views();
        complete();
      };
      open(asking, to.values ? 'POST' : 'GET', to.address);
      asking.responseType = 'document';
      asking.timeout = 20000;
      send(asking, to.values);
    };

    const show = (page, to) => {
      const view = create(document, 'div');
      while (page.body.firstChild) {
        add(view, page.body.firstChild);
      }
      to.lang = page.documentElement.lang;
      to.dir = page.documentElement.dir;
      to.view = fit(view, to.address);
      said = wordsOf(to.lang);
      if (to.user) {
        to.before = it.now;
      }
      put(to);
      const entry = find(/\/embed\/list\/([a-z-]+)\/([^/?]+)\?/, to.address);
      if (entry) {
        tell('open', { kind: entry[1], slug: entry[2] });
      }
      if (to.user) {
        const heading = one(view, 'h1') || view;
        write(heading, 'tabindex', '-1');
        focus(heading, { preventScroll: true });
        if (box.getBoundingClientRect().top < 0) {
          box.scrollIntoView();
        }
      }
    };

    // Shows a view: a new one, or an earlier one as it was left.
    const put = it.put = to => {
      if (it.now) {
        swap(box, to.view, it.now.view);
      } else {
        add(box, to.view);
      }
      it.now = to;
      const home = one(to.view, '.home'), back = one(to.view, '.back');
      write(box, 'role', 'region');
      write(box, 'aria-label', home ? home.textContent : '');
      write(box, 'lang', to.lang);
      write(box, 'dir', to.dir);
      if (back) {
        back.hidden = !to.before;
      }
    };

    // The first view of results has the first few. The others, the filters and what stands below come as soon as it is shown.
    const complete = it.complete = () => {
      const rest = one(it.now.view, '.rest');
      if (rest) {
        it.load({ address: rest.href, into: 'complete' });
      } else if (one(it.now.view, '#results')) {
        tell('results', { shown: all(it.now.view, '.card').length });
      }
    };

    const act = async (name, target, by, tried = {}) => {
      const ready = await views();
      ready ? ready[name](it, target, by) : fail(tried, () => act(name, target, by, tried));
    };
    listen(box, 'click', event => {
      const target = closest(event.target, 'a[href],button');
      if (!target || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
        return;
      }
      if (matches(target, '.leave')) {
        event.preventDefault();
        leave();
      } else if (matches(target, '.back,.copy,.print,.needs [value=else]') || (target.href && !target.target && !matches(target, '[download]') && isOurs(target.href))) {
        event.preventDefault();
        act('click', target);
      }
    });
    listen(box, 'submit', event => {
      if (isOurs(read(event.target, 'action'))) {
        event.preventDefault();
        act('submit', event.target, event.submitter);
      }
    });
    listen(box, 'focusin', event => {
      if (matches(event.target, '[data-suggest] [type=search]')) {
        act('suggest', event.target);
      }
    });
    for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste', 'compositionstart', 'compositionupdate', 'compositionend']) {
      listen(box, type, event => {
        // The key that is let go may have moved the focus when it was pressed.
        if (event.key !== 'Escape' && (type === 'keyup' || matches(event.target, 'input,textarea'))) {
          event.stopPropagation();
        }
      });
    }

    return {
      goOn: () => it.again?.(),
      connect() {
        shown.add(this);
        if (!it.now) {
          start();
        }
      },
      disconnect() {
        shown.delete(this);
        it.stop();
      },
      change() {
        if (started) {
          it.stop();
          timer = setTimeout(start);
        }
      },
    };
  };

  customElements.define('health-directory', class extends HTMLElement {
    #embed = embed(this);

    static get observedAttributes() {
      return asked;
    }

    connectedCallback() {
      this.#embed.connect();
    }

    disconnectedCallback() {
      this.#embed.disconnect();
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after) {
        this.#embed.change();
      }
    }
  });

  listen(window, 'online', () => {
    for (const one of shown) {
      one.goOn();
    }
  });

  // Escape three times within two seconds.
  let first = -9999, second = -9999;
  listen(window, 'keydown', event => {
    if (event.key === 'Escape' && event.timeStamp - first < 2000 && shown.size) {
      leave();
    }
    [first, second] = event.key === 'Escape' ? [second, event.timeStamp] : [-9999, -9999];
  }, true);
})();
