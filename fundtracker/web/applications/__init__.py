"""Applications: logged, shown, decided, withdrawn and reopened."""
