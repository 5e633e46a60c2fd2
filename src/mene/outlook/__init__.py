"""Stage 6: what the picture signals for who stays in power, beside the record of history. No probability yet."""

from mene.outlook.assess import BANDS, assess
from mene.outlook.base_rates import load_base_rates
from mene.outlook.indicators import load_indicators
from mene.outlook.signals import read_signals

__all__ = ["BANDS", "assess", "load_base_rates", "load_indicators", "read_signals"]
