"""What Copyloop's DAGs share: nights, jobs, results and alerts."""
