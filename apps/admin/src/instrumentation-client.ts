/** Next runs this before the page becomes interactive: before its router listens to anything. */
import { tellOfBack } from './components/back';

tellOfBack();
