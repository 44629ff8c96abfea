// Runs inside every page (an init script): what the harness measures there.
globalThis.inPage = (() => {
  const violations = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`CSP: ${event.effectiveDirective} forbids ${event.blockedURI}`),
  );

  const MOST_NAMED = 4;
  const name = (element) => {
    const classes = [...element.classList].map((one) => `.${one}`).join('');
    const text = (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30);
    return `${element.localName}${classes} “${text.replaceAll(/\s+/g, ' ')}”`;
  };
  const list = (elements, say = name) => {
    const more = elements.length > MOST_NAMED ? `, and ${elements.length - MOST_NAMED} more` : '';
    return elements.slice(0, MOST_NAMED).map(say).join(', ') + more;
  };

  /** Kept for ears only: clipped to nothing, as `.visually-hidden` and the heads of cards are. */
  const isHiddenForEyes = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    }
    return false;
  };
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    const seen = { visibilityProperty: true, opacityProperty: true };
    return (
      box.width > 0 && box.height > 0 && element.checkVisibility(seen) && !isHiddenForEyes(element)
    );
  };

  function* textNodes() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement } = node;
      if (node.data.trim() === '' || parentElement.closest('script, noscript, template')) continue;
      yield node;
    }
  }

  /** In CSS pixels as they come to the screen; a drawing may be scaled. */
  const textSize = (element) => {
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    const scale = element instanceof SVGGraphicsElement ? element.getScreenCTM().d : 1;
    return size * Math.abs(scale);
  };

  /** Texts smaller than `min` px. */
  function smallTexts(min) {
    const parents = [...textNodes()].map(({ parentElement }) => parentElement);
    const controls = document.querySelectorAll(
      'input:not([type=checkbox], [type=radio]), select, textarea',
    );
    const small = new Set(
      [...parents, ...controls].filter(
        (element) => textSize(element) < min - 0.05 && isShown(element),
      ),
    );
    const say = (element) => `${name(element)} ${textSize(element).toFixed(1)} px`;
    return small.size === 0 ? [] : [`text under ${min} px: ${list([...small], say)}`];
  }

  const TARGETS =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option]';
  const MAIN =
    'button, .button, input, select, textarea, summary, nav a, [role=button], [role=tab]';

  /** What a finger may hit: a box to tick is as large as the label around it. */
  const targetBox = (element) => {
    const label = /^(checkbox|radio)$/.test(element.type) ? element.labels?.[0] : undefined;
    return (label ?? element).getBoundingClientRect();
  };
  /** A link in the middle of a sentence is as high as its line (WCAG 2.5.8, “inline”). */
  const isInSentence = (element) =>
    element.localName === 'a' &&
    !element.matches(MAIN) &&
    [...element.parentElement.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '',
    );

  /** Controls smaller than `main` px, others (links that stand alone) smaller than `other` px. */
  function smallTargets({ main, other }) {
    const small = [...document.querySelectorAll(TARGETS)].filter((element) => {
      if (!isShown(element) || isInSentence(element)) return false;
      const { width, height } = targetBox(element);
      const min = element.matches(MAIN) ? main : other;
      return Math.min(width, height) < min - 0.5;
    });
    const say = (element) => {
      const { width, height } = targetBox(element);
      return `${name(element)} ${width.toFixed(0)} × ${height.toFixed(0)} px`;
    };
    return small.length === 0 ? [] : [`small target: ${list(small, say)}`];
  }

  /** Whether the page, or a part of it, has to be moved sideways to be read, or is cut off. */
  function layoutFaults() {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter(
        (element) =>
          isShown(element) && element.getBoundingClientRect().right > root.clientWidth + 1,
      );
      const by = root.scrollWidth - root.clientWidth;
      faults.push(`sideways scroll of ${by} px: ${list(wide)}`);
    }
    const inner = [...document.body.querySelectorAll('*')].filter((element) => {
      if (element.scrollWidth <= element.clientWidth + 1 || !isShown(element)) return false;
      if (element.matches('input, textarea, select, meter, progress, svg, svg *')) return false;
      return getComputedStyle(element).overflowX !== 'visible' && element !== root;
    });
    if (inner.length > 0) faults.push(`a part scrolls sideways or is cut off: ${list(inner)}`);
    return faults;
  }

  const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt'];

  function* words() {
    for (const node of textNodes()) yield { text: node.data.trim(), element: node.parentElement };
    for (const attribute of ATTRIBUTES) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        yield { text: element.getAttribute(attribute).trim(), element };
      }
    }
    yield { text: document.title, element: document.head };
  }

  const BROKEN = /\{\{|\[object |^(undefined|null|NaN|Invalid Date)$/;

  /** Keys of texts that show raw, and values that were never meant to be read. */
  function rawTexts({ roots, known }) {
    const key = new RegExp(`^(?:[a-z]+:)?(?:${roots.join('|')})\\.[\\w.-]+$`);
    const fileName = /\.(xlsx|csv|pdf|json|zip|xml|txt|png|svg|cbpb)$/;
    const raw = [...words()].filter(({ text }) => {
      if (BROKEN.test(text)) return true;
      return key.test(text) && !fileName.test(text) && !known.includes(text);
    });
    return raw.length === 0
      ? []
      : [
          `raw text: ${raw
            .slice(0, 5)
            .map(({ text }) => text)
            .join(' | ')}`,
        ];
  }

  const CJK = /[\u3400-\u9fff\u{20000}-\u{323af}]/u;
  const LATIN = /[A-Za-z]{3,}(?:[ ,]+[A-Za-z]{2,}){3,}/;

  /** Texts that look like those of another language; names and data may be among them. */
  function foreignTexts(language) {
    const foreign = language === 'zh' ? LATIN : CJK;
    const isMarked = (element) => {
      const marked = element.closest('[lang]');
      return marked !== null && marked !== document.documentElement;
    };
    const found = [...words()].filter(
      ({ text, element }) => foreign.test(text) && !isMarked(element),
    );
    return [...new Set(found.map(({ text }) => text.slice(0, 60)))];
  }

  async function axeFaults(tags) {
    const { violations: found } = await globalThis.axe.run({
      runOnly: tags,
      resultTypes: ['violations'],
    });
    return found.map(({ id, nodes }) => {
      const [first] = nodes;
      return `axe ${id}: ${nodes.length} × ${first.target} ${first.any[0]?.message ?? ''}`;
    });
  }

  const MIN_OUTLINE_PX = 2;

  const nameOfControl = (element) => {
    const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
    const told = by.map((id) => document.getElementById(id)?.textContent).join(' ');
    const label = element.labels?.[0]?.textContent;
    const text = element.getAttribute('aria-label') || told || label || element.textContent;
    return text.trim().replaceAll(/\s+/g, ' ');
  };

  /** Why somebody who looks at the screen cannot tell where the focus is, if they cannot. */
  function focusFault(element) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= MIN_OUTLINE_PX;
    if (!isOutlined && boxShadow === 'none') return 'the focus is not seen';
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const isOnScreen = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    if (!isOnScreen) return 'the focus is beyond the screen';
    const x = Math.min(Math.max((left + right) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max((top + bottom) / 2, 0), innerHeight - 1);
    const above = document.elementFromPoint(x, y);
    const isFree = above && (element.contains(above) || above.contains(element));
    return isFree ? undefined : `the focus is covered by ${name(above ?? document.body)}`;
  }

  /** The control that has the focus; undefined when none has. */
  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    return {
      name: nameOfControl(element),
      tag: element.localName,
      type: element.type ?? null,
      fault: focusFault(element),
    };
  }

  return {
    focused,
    smallTexts,
    smallTargets,
    layoutFaults,
    rawTexts,
    foreignTexts,
    axeFaults,
    takeViolations: () => violations.splice(0),
    painted: () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  };
})();
