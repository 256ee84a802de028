"""What reelpress costs in time, memory and bytes, beside its peers on the same texts."""
