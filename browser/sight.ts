interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels that a pointer may move while it clicks. */
const STILL = 4;

/** How small a picture may be, to be read. */
const READABLE = 0.4;

/** The part of a picture that is seen: moved by dragging and by arrow keys, zoomed by buttons, keys and the wheel with Ctrl. */
export class Sight {
  readonly #svg: SVGSVGElement;
  readonly #frame: HTMLElement;
  readonly #all: Box;
  #box: Box;
  /** Whether the last press of the pointer moved the picture. */
  wasDragged = false;

  constructor(svg: SVGSVGElement, frame: HTMLElement) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.#svg = svg;
    this.#frame = frame;
    this.#all = { x, y, width, height };
    this.#box = this.#all;
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    svg.setAttribute('preserveAspectRatio', 'xMidYMid meet');
    frame.addEventListener('keydown', (event) => this.#press(event));
    frame.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#drag();
  }

  whole(): void {
    this.#see(this.#all);
  }

  /** Begins with all of it, or where that could not be read, around an object. */
  begin(centre: SVGGraphicsElement): void {
    const watch = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = this.#frame;
      // It has no size while its part is hidden.
      if (clientWidth === 0) return;
      watch.disconnect();
      const scale = Math.min(clientWidth / this.#all.width, clientHeight / this.#all.height);
      if (scale >= READABLE || this.#box !== this.#all) return;
      this.show([centre]);
    });
    watch.observe(this.#frame);
  }

  /** @param factor less than 1 to come nearer */
  zoom(factor: number, at = { x: 0.5, y: 0.5 }): void {
    const { x, y, width, height } = this.#box;
    const most = Math.max(this.#all.width, this.#all.height) * 2;
    const wide = Math.min(most, Math.max(120, width * factor));
    const high = height * (wide / width);
    this.#see({ x: x + (width - wide) * at.x, y: y + (height - high) * at.y, width: wide, height: high });
  }

  /** Moves so that all of these are seen, no nearer than they are drawn. */
  show(elements: readonly SVGGraphicsElement[]): void {
    const boxes = elements.map((element) => element.getBBox());
    const left = Math.min(...boxes.map(({ x }) => x)) - 40;
    const top = Math.min(...boxes.map(({ y }) => y)) - 40;
    const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 40;
    const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 40;
    const { clientWidth, clientHeight } = this.#frame;
    const width = Math.max(right - left, clientWidth);
    const height = Math.max(bottom - top, clientHeight);
    this.#see({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height });
  }

  #see(box: Box): void {
    this.#box = box;
    this.#svg.setAttribute('viewBox', [box.x, box.y, box.width, box.height].join(' '));
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y, width, height } = this.#box;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#see({ ...this.#box, x: x - width / 10 }),
      ArrowRight: () => this.#see({ ...this.#box, x: x + width / 10 }),
      ArrowUp: () => this.#see({ ...this.#box, y: y - height / 10 }),
      ArrowDown: () => this.#see({ ...this.#box, y: y + height / 10 }),
      '+': () => this.zoom(0.8),
      '=': () => this.zoom(0.8),
      '-': () => this.zoom(1.25),
      '0': () => this.whole(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  /** Only with Ctrl, or by two fingers: without, the page is scrolled. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, top, width, height } = this.#frame.getBoundingClientRect();
    this.zoom(event.deltaY < 0 ? 0.9 : 1.1, {
      x: (event.clientX - left) / width,
      y: (event.clientY - top) / height,
    });
  }

  #drag(): void {
    let from: { readonly x: number; readonly y: number; readonly box: Box } | undefined;
    this.#frame.addEventListener('pointerdown', ({ button, clientX, clientY }) => {
      if (button !== 0) return;
      this.wasDragged = false;
      from = { x: clientX, y: clientY, box: this.#box };
    });
    window.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (from === undefined) return;
      const [right, down] = [clientX - from.x, clientY - from.y];
      if (!this.wasDragged && Math.hypot(right, down) < STILL) return;
      this.wasDragged = true;
      const { clientWidth, clientHeight } = this.#frame;
      const scale = Math.max(from.box.width / clientWidth, from.box.height / clientHeight);
      this.#see({ ...from.box, x: from.box.x - right * scale, y: from.box.y - down * scale });
    });
    window.addEventListener('pointerup', () => (from = undefined));
    // A link or a picture would be dragged away instead.
    this.#frame.addEventListener('dragstart', (event) => event.preventDefault());
  }
}
