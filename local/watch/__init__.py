"""What CloudWatch would make of it: the template's own alarms and dashboards, over the metrics of this machine.

Pure but for `server.py` and `collecting.py`: definitions come from a synthesized template, metrics from log lines and
from what the local AWS tells, and `Watch.judge` says which alarms would ring.
"""
