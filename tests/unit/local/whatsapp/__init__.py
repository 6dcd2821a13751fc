"""Tests of the simulated WhatsApp: it must be as strict as the real one."""
