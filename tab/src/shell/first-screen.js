// Stands in the head of meeting.html: the words' language and colours, before anything else has come. Teams fills in
// the address; what it leaves as it is (`{locale}`) says nothing.
{
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const told = (name) => (asked.get(name) ?? '').replace(/^\{.*/, '');
  root.lang = /^(nb|nn|no)\b/i.test(told('locale') || navigator.language) ? 'nb-NO' : 'en-GB';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const themes = { contrast: 'contrast', dark: 'dark', glass: 'dark', default: 'light', light: 'light' };
  root.dataset.theme = themes[told('theme')] ?? dark;
  // A word that an input method has not finished must not be taken out of its field.
  addEventListener('compositionstart', ({ target }) => {
    target.dataset.composing = '';
  });
  addEventListener('compositionend', ({ target }) => {
    delete target.dataset.composing;
  });
}
