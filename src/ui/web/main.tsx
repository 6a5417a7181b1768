import '@fontsource-variable/atkinson-hyperlegible-next';
import '@fontsource-variable/plus-jakarta-sans';
import './styles/tokens.css';
import './styles/base.css';
import './styles/screen.css';
import './styles/case.css';
import './styles/outcome.css';
import './styles/welcome.css';
import './styles/comparison.css';
import './styles/hand-over.css';
import './styles/drawings.css';
import './styles/drawer.css';
import './styles/resident.css';
import './styles/resident-parts.css';
import './styles/resident-small.css';
import './styles/staff.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connect, type Line } from './connection.ts';
import { LanguageProvider } from './language.tsx';

const key = new URLSearchParams(location.hash.slice(1)).get('key') ?? '';
const connectWithKey = (onChange: (line: Line) => void) => connect(key, onChange);

render(
  <LanguageProvider>
    <App connect={connectWithKey} />
  </LanguageProvider>,
  document.getElementById('page')!,
);
