/** Details by cell and figures by column and row, inflated when first asked for. */
let inflated;
function loadData() {
  inflated ??= inflate(document.getElementById('data').textContent);
  return inflated;
}

async function inflate(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).json();
}

const matrix = document.getElementById('matrix');
const figures = document.getElementById('figures');
const filters = document.getElementById('filters');
const detail = document.getElementById('detail');

/** Rows of the matrix that are shown, each as its cells; a place without a cell is `undefined`. */
function shownGrid() {
  return [...matrix.querySelectorAll('tr[data-row]:not([hidden])')].map((row) =>
    [...row.querySelectorAll('td')].map((place) => place.querySelector('button') ?? undefined),
  );
}

/** One cell is in the tab order; arrow keys move from it to the others. */
function makeCurrent(cell, { focus }) {
  for (const other of matrix.querySelectorAll('button[tabindex="0"]')) other.tabIndex = -1;
  if (cell === undefined) return;
  cell.tabIndex = 0;
  if (focus) cell.focus();
}

const steps = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

function onKey(event) {
  const step = steps[event.key];
  const cell = event.target.closest('button[data-cell]');
  if (cell === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const grid = shownGrid();
  let row = grid.findIndex((cells) => cells.includes(cell));
  let column = grid[row]?.indexOf(cell) ?? 0;
  let next;
  if (event.key === 'Home') next = grid[row]?.find((one) => one !== undefined);
  else if (event.key === 'End') next = grid[row]?.findLast((one) => one !== undefined);
  else if (step === undefined) return;
  else {
    do {
      row += step.row;
      column += step.column;
      next = grid[row]?.[column];
    } while (next === undefined && grid[row] !== undefined && column >= 0 && column < grid[row].length);
  }
  event.preventDefault();
  if (next !== undefined) makeCurrent(next, { focus: true });
}

function applyFilters() {
  const [feature, level, outcome] = ['feature', 'level', 'outcome'].map((name) => filters.elements[name].value);
  const text = filters.elements.text.value.trim().toLowerCase();
  const matches = (row) =>
    (feature === '' || row.dataset.feature === feature) &&
    (level === '' || row.dataset.level === level) &&
    (outcome === '' || row.dataset.outcomes.split(' ').includes(outcome)) &&
    (text === '' || titleOf(row).includes(text));
  for (const row of document.querySelectorAll('tr[data-row]')) row.hidden = !matches(row);
  for (const body of matrix.tBodies) body.hidden = body.querySelector('tr[data-row]:not([hidden])') === null;
  matrix.dataset.outcome = outcome;
  const grid = shownGrid();
  document.getElementById('shown').textContent = `${grid.length} ${grid.length === 1 ? 'row' : 'rows'}`;
  if (!grid.flat().some((cell) => cell?.tabIndex === 0)) makeCurrent(grid.flat().find(Boolean), { focus: false });
}

const titles = new Map(
  [...matrix.querySelectorAll('tr[data-row]')].map((row) => [
    row.dataset.row,
    row.querySelector('th').textContent.toLowerCase(),
  ]),
);

function titleOf(row) {
  return titles.get(row.dataset.row) ?? '';
}

async function showColumn(column) {
  const lines = (await loadData()).figures[column];
  for (const [index, row] of [...figures.tBodies[0].rows].entries()) {
    for (const [place, field] of [...row.querySelectorAll('.aws')].entries())
      field.innerHTML = lines[index][place] ?? '–';
  }
  markDifferences();
}

/** What AWS counts differently from NATS stands out; latency, the last column, is never judged. */
function markDifferences() {
  for (const field of figures.querySelectorAll('.aws:not(:last-child)')) {
    const nats = field.previousElementSibling.textContent;
    field.classList.toggle('differs', field.textContent !== nats && field.textContent !== '–' && nats !== '–');
  }
}

/** Details are escaped where the page was made; the policy of the page runs no script in them. */
async function openDetail(id) {
  const markup = (await loadData()).details[id];
  if (markup === undefined) return;
  document.getElementById('detail-body').innerHTML = markup;
  if (!detail.open) detail.showModal();
  detail.scrollTop = 0;
}

function openFromAddress() {
  if (location.hash.length > 1) void openDetail(decodeURIComponent(location.hash.slice(1)));
}

matrix.addEventListener('keydown', onKey);
matrix.addEventListener('click', (event) => {
  const cell = event.target.closest('button[data-cell]');
  if (cell === null) return;
  makeCurrent(cell, { focus: false });
  history.replaceState(null, '', `#${encodeURIComponent(cell.dataset.cell)}`);
  void openDetail(cell.dataset.cell);
});
detail.addEventListener('close', () => history.replaceState(null, '', location.pathname + location.search));
detail.addEventListener('click', (event) => {
  if (event.target === detail) detail.close();
});
filters.addEventListener('input', applyFilters);
filters.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('column')?.addEventListener('change', (event) => void showColumn(Number(event.target.value)));
addEventListener('hashchange', openFromAddress);

for (const cell of matrix.querySelectorAll('button[data-cell]')) cell.tabIndex = -1;
applyFilters();
if (figures !== null) markDifferences();
openFromAddress();
