import { throwUndescribed } from './undescribed-answers';

// The test that brought an undescribed answer about fails for it; what hooks brought about fails the test beside them.
afterEach(throwUndescribed);
afterAll(throwUndescribed);
