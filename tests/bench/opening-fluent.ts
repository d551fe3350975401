// What a page of this kind is without a static first screen: Fluent's provider, a field and a button.
import { Button, Field, FluentProvider, Textarea, teamsLightTheme } from '@fluentui/react-components';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const page = createElement(
  FluentProvider,
  { theme: teamsLightTheme },
  createElement(Field, { label: 'Note' }, createElement(Textarea)),
  createElement(Button, { appearance: 'primary' }, 'Next'),
);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(page);
