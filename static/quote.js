// A button beside each sentence and each form of citation that copies it, a sentence with its source. Loaded by site.js
// when the reader reaches them; without it they are text to be selected.
(() => {
  document.currentScript.exports = { attend };

  function attend(section) {
    const source = section.querySelector('.when').firstChild.textContent.trim();
    const address = document.querySelector('link[rel=canonical]')?.href ?? location.href.replace(/#.*/, '');
    for (const text of section.querySelectorAll('dd, pre')) {
      const label = text.localName === 'pre' ? text.parentElement.firstElementChild : text.previousElementSibling;
      const isWhole = text.localName === 'pre' || text.parentElement.className === 'alone';
      const copied = isWhole ? text.textContent : `${text.textContent} ${source} ${address}`;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Copy';
      button.setAttribute('aria-label', `Copy: ${label.textContent}`);
      button.addEventListener('click', () => {
        navigator.clipboard.writeText(copied).then(
          () => (button.textContent = 'Copied'),
          () => getSelection().selectAllChildren(text), // where the browser lets no page copy
        );
      });
      label.append(' ', button);
    }
  }
})();
