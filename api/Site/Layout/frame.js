// In a frame of another site: tells the sites that the department named how high the page is, in steps that do not give away what it shows.
const step = 200;
const origins = document.body.dataset.heightOrigins.split(' ');
const host = location.ancestorOrigins?.[0];
let told = 0;
new ResizeObserver(() => {
  const height = Math.ceil(document.body.offsetHeight / step) * step;
  if (height === told || parent === self) {
    return;
  }
  told = height;
  for (const origin of origins) {
    if (!host || host === origin) {
      parent.postMessage({ type: 'health-directory:height', height }, origin);
    }
  }
}).observe(document.body);
