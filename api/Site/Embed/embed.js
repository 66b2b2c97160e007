// <health-directory>: the directory on another site. It asks for the pages that a frame would show and shows them in a shadow root.
// Nothing is stored, nothing that was typed stands in an address, and nothing else is loaded.
(() => {
  const { colors, style, exit, words, version } = SETTINGS;

  // Sites change what a browser has built in. What is used later is taken now.
  const { document, customElements, navigator, location, top, setTimeout, clearTimeout, print } = window;
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
  const rest = new CSSStyleSheet();
  const later = new URL('embed/later.js?' + version, script.src).href;
  let coming;
  const load = async () => {
    try {
      const views = await import(later);
      rest.replaceSync(views.style);
      return views;
    } catch {
      coming = null;
    }
  };
  const views = () => coming ||= load();
  const alone = new CSSStyleSheet();
  alone.replaceSync('@media print{body :not(:has([data-printed])):not([data-printed]){display:none!important}}');
  const asked = ['kinds', 'needs', 'need', 'state', 'county', 'near', 'radius', 'lang', 'page-size', 'theme', 'list'];
  const shown = new Set();
  const schemes = { __proto__: null, 'http:': 1, 'https:': 1, 'tel:': 1, 'sms:': 1, 'mailto:': 1 };

  const make = (parent, tag, name) => {
    const node = create(document, tag);
    write(node, 'class', name);
    write(node, 'part', name);
    return add(parent, node);
  };
  const wordsOf = language => words[language] || words[find(/^zh-(Hant|TW|HK|MO)/i, language) ? 'zh-Hant' : find(/^zh/, language) ? 'zh-Hans' : cut(language, 0, 2)] || words.en;
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
      if (to.protocol[0] === 'h' && cut(to.href, 0, pages.length) !== pages) {
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

  class HealthDirectory extends HTMLElement {
    #box; #status; #trouble; #now; #request; #timer; #again; #words; #started;

    static get observedAttributes() {
      return asked;
    }

    constructor() {
      super();
      // Closed, so that programs that record what visitors do cannot read what was typed.
      const shadow = shadowOf(this, { mode: 'closed' });
      shadow.adoptedStyleSheets = [sheet, rest];
      const box = this.#box = make(shadow, 'div', 'directory');
      this.#status = make(box, 'p', 'status');
      write(this.#status, 'role', 'status');
      this.#trouble = make(box, 'p', 'trouble');
      write(this.#trouble, 'role', 'alert');
      listen(box, 'click', event => this.#click(event));
      listen(box, 'submit', event => this.#submit(event));
      listen(box, 'focusin', event => this.#suggest(event.target));
      for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste', 'compositionstart', 'compositionupdate', 'compositionend']) {
        listen(box, type, event => {
          if (event.key !== 'Escape' && matches(event.target, 'input,textarea')) {
            event.stopPropagation();
          }
        });
      }
    }

    connectedCallback() {
      shown.add(this);
      if (!this.#now) {
        this.#start();
      }
    }

    disconnectedCallback() {
      shown.delete(this);
      this.#stop();
    }

    static goOn(embed) {
      embed.#again?.();
    }

    attributeChangedCallback(name, before, after) {
      if (this.#started && before !== after) {
        this.#stop();
        this.#timer = setTimeout(() => this.#start());
      }
    }

    #start() {
      this.#started = true;
      const query = new URLSearchParams();
      for (const name of asked) {
        const value = read(this, name);
        if (value) {
          query.append(name, value);
        }
      }
      this.#words = wordsOf(read(this, 'lang') || navigator.language);
      write(this.#box, 'data-theme', read(this, 'theme') || '');
      if (read(this, 'need') || read(this, 'list')) {
        views();
      }
      this.#load({ address: pages + '?' + query });
    }

    #stop() {
      clearTimeout(this.#timer);
      this.#again = null;
      if (this.#request) {
        abort(this.#request);
        this.#request = null;
      }
    }

    // What was shown stays until the answer is here. A report is sent once; everything else is tried again.
    #load(to) {
      this.#stop();
      const request = this.#request = new XMLHttpRequest();
      write(this.#box, 'aria-busy', 'true');
      this.#timer = setTimeout(() => this.#status.textContent = this.#words[0], 700);
      const settled = () => {
        clearTimeout(this.#timer);
        this.#request = null;
        this.#status.textContent = this.#trouble.textContent = '';
        erase(this.#box, 'aria-busy');
      };
      request.onerror = request.ontimeout = () => {
        settled();
        const button = make(this.#trouble, 'button', 'go');
        button.type = 'button';
        button.textContent = this.#words[1];
        const again = () => this.#load(to);
        button.onclick = again;
        to.tries = (to.tries || 0) + 1;
        if (!to.once) {
          this.#again = again;
          if (to.tries < 5) {
            this.#timer = setTimeout(again, 1000 * 2 ** to.tries);
          }
        }
        this.#tell('error', {});
      };
      request.onload = async () => {
        const page = request.response;
        if (!page?.body || !one(page.body, 'main') || request.status === 429 || request.status > 499) {
          request.onerror();
          return;
        }
        const styled = views();
        if (!one(page.body, '.needs')) {
          await styled;
          if (this.#request !== request) {
            return;
          }
        }
        settled();
        to.more ? this.#append(page.body, to) : this.#show(page, to);
      };
      open(request, to.values ? 'POST' : 'GET', to.address);
      request.responseType = 'document';
      request.timeout = 20000;
      send(request, to.values);
    }

    #show(page, to) {
      const view = create(document, 'div');
      while (page.body.firstChild) {
        add(view, page.body.firstChild);
      }
      const { lang, dir } = page.documentElement;
      this.#words = wordsOf(lang);
      to.view = fit(view, to.address);
      to.lang = lang;
      to.dir = dir;
      if (to.user) {
        to.before = this.#now;
      }
      this.#put(to);
      const entry = find(/\/embed\/list\/([a-z-]+)\/([^/?]+)\?/, to.address);
      if (entry) {
        this.#tell('open', { kind: entry[1], slug: entry[2] });
      } else if (one(view, '#results')) {
        this.#tell('results', { shown: all(view, '.card').length });
      }
      if (to.user) {
        const heading = one(view, 'h1') || view;
        write(heading, 'tabindex', '-1');
        focus(heading, { preventScroll: true });
        if (this.#box.getBoundingClientRect().top < 0) {
          this.#box.scrollIntoView();
        }
      }
    }

    // Shows a view: a new one, or an earlier one as it was left.
    #put(to) {
      if (this.#now) {
        swap(this.#box, to.view, this.#now.view);
      } else {
        add(this.#box, to.view);
      }
      this.#now = to;
      const home = one(to.view, '.home');
      write(this.#box, 'role', 'region');
      write(this.#box, 'aria-label', home ? home.textContent : '');
      write(this.#box, 'lang', to.lang);
      write(this.#box, 'dir', to.dir);
      const back = one(to.view, '.back');
      if (back) {
        back.hidden = !to.before;
      }
    }

    #append(body, to) {
      const view = this.#now.view, list = one(view, '.cards'), form = one(view, 'form.more');
      const cards = all(fit(body, to.address), '.cards > li'), next = one(body, 'form.more');
      for (const card of cards) {
        add(list, card);
      }
      next ? swap(form.parentNode, next, form) : drop(form.parentNode, form);
      if (cards[0]) {
        focus(one(cards[0], 'a'));
      }
    }

    #click(event) {
      const target = closest(event.target, 'a[href],button');
      if (!target || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
        return;
      }
      if (matches(target, '.leave')) {
        event.preventDefault();
        leave();
      } else if (matches(target, '.back')) {
        const to = this.#now.before;
        this.#stop();
        this.#put(to);
        if (to.left) {
          focus(to.left);
        }
      } else if (matches(target, '.copy')) {
        const link = new URL(read(target, 'data-link'), pages).href;
        const say = text => this.#status.textContent = text;
        navigator.clipboard.writeText(link).then(() => say(read(target, 'data-copied')), () => say(link));
      } else if (matches(target, '.print')) {
        this.#print();
      } else if (matches(target, '.needs [value=else]')) {
        event.preventDefault();
        const ask = one(this.#now.view, '.ask');
        ask.open = true;
        focus(one(ask, 'input'));
      } else if (target.href && !target.target && !target.hasAttribute('download') && cut(target.href, 0, pages.length) === pages) {
        event.preventDefault();
        // Another language shows the same search again.
        const { values, address } = this.#now;
        const again = target.hreflang && values;
        const url = new URL(again ? address : target.href);
        if (again) {
          url.searchParams.set('lang', target.hreflang);
        }
        this.#now.left = target;
        this.#load({ address: url.href, values: again, user: true });
      }
    }

    // The search box suggests as soon as somebody goes into it.
    async #suggest(input) {
      const form = closest(input, '[data-suggest]');
      if (form && input.type === 'search' && !read(input, 'data-suggests')) {
        write(input, 'data-suggests', 'true');
        const choose = (text, link) => {
          if (!link) {
            input.value = text;
            form.requestSubmit(one(form, '.go'));
          } else if (link[0] === '/') {
            this.#now.left = input;
            this.#load({ address: new URL(link, pages).href, user: true });
          } else {
            location.assign(link);
          }
        };
        const { suggest } = await views() || {};
        try {
          suggest?.(input, new URL(read(form, 'data-suggest'), pages).href, choose);
        } catch {
          // The host has changed too much: the box is still a box.
        }
      }
    }

    #submit(event) {
      const form = event.target, button = event.submitter;
      if (cut(read(form, 'action'), 0, pages.length) !== pages) {
        return;
      }
      event.preventDefault();
      const data = new FormData(form);
      if (button?.name) {
        data.append(button.name, button.value);
      }
      this.#now.left = button;
      this.#load({
        address: read(form, 'action'), values: new URLSearchParams(data),
        user: true, more: matches(form, '.more'), once: find(/\/report\?/, read(form, 'action')),
      });
    }

    // Prints this embed alone.
    #print() {
      const sheets = document.adoptedStyleSheets;
      const before = [...sheets];
      document.adoptedStyleSheets = [...before, alone];
      write(this, 'data-printed', '');
      listen(window, 'afterprint', () => {
        erase(this, 'data-printed');
        document.adoptedStyleSheets = before;
      }, { once: true });
      print();
    }

    #tell(name, detail) {
      fire(this, new CustomEvent('health-directory:' + name, { bubbles: true, composed: true, detail }));
    }
  }

  listen(window, 'online', () => {
    for (const embed of shown) {
      HealthDirectory.goOn(embed);
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

  customElements.define('health-directory', HealthDirectory);
})();
