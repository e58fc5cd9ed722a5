"""MySQL's settings: the usual ones, enough to catch a slip of the pen."""

# AWS: the names are those of «Server System Variables» and «InnoDB Startup Options», MySQL 8.0 and 8.4 manuals; per
# reference notes, not verified against AWS.

from __future__ import annotations

from simcloud.bindings.rds._postgres_parameters import Parameters

_STATIC = """
back_log default_authentication_plugin ft_max_word_len ft_min_word_len ft_query_expansion_limit
ft_stopword_file innodb_autoinc_lock_mode innodb_buffer_pool_chunk_size innodb_buffer_pool_instances
innodb_buffer_pool_load_at_startup innodb_doublewrite innodb_flush_method innodb_force_recovery
innodb_ft_cache_size innodb_ft_max_token_size innodb_ft_min_token_size innodb_ft_sort_pll_degree
innodb_ft_total_cache_size innodb_log_file_size innodb_log_files_in_group innodb_numa_interleave
innodb_open_files innodb_page_cleaners innodb_purge_threads innodb_read_io_threads
innodb_rollback_on_timeout innodb_sort_buffer_size innodb_write_io_threads lower_case_table_names
max_digest_length open_files_limit performance_schema performance_schema_max_table_instances
relay_log_recovery relay_log_space_limit replica_skip_errors skip_external_locking skip_name_resolve
skip_show_database slave_skip_errors table_open_cache_instances thread_handling thread_stack
tls_version_admin
"""
_FIXED = """
basedir datadir innodb_data_file_path innodb_data_home_dir innodb_log_group_home_dir innodb_page_size
log_bin pid_file plugin_dir port secure_file_priv server_id socket tmpdir version
"""
_NUMERIC = """
innodb_buffer_pool_size innodb_io_capacity innodb_io_capacity_max innodb_lock_wait_timeout
innodb_log_buffer_size innodb_redo_log_capacity interactive_timeout join_buffer_size key_buffer_size
lock_wait_timeout max_allowed_packet max_connect_errors max_connections max_heap_table_size net_read_timeout
net_write_timeout read_buffer_size read_rnd_buffer_size sort_buffer_size table_open_cache thread_cache_size
tmp_table_size wait_timeout
"""
_OTHERS = """
activate_all_roles_on_login autocommit automatic_sp_privileges binlog_cache_size binlog_checksum
binlog_expire_logs_seconds binlog_format binlog_group_commit_sync_delay binlog_order_commits
binlog_row_image binlog_row_metadata binlog_rows_query_log_events binlog_transaction_compression
character_set_client character_set_connection character_set_database character_set_filesystem
character_set_results character_set_server collation_connection collation_server completion_type
connect_timeout cte_max_recursion_depth default_password_lifetime default_storage_engine default_week_format
disconnect_on_expired_password div_precision_increment enforce_gtid_consistency eq_range_index_dive_limit
event_scheduler explicit_defaults_for_timestamp general_log group_concat_max_len gtid_mode init_connect
innodb_adaptive_flushing innodb_adaptive_hash_index innodb_autoextend_increment innodb_change_buffering
innodb_commit_concurrency innodb_deadlock_detect innodb_dedicated_server innodb_fill_factor
innodb_flush_log_at_trx_commit innodb_flush_neighbors innodb_flush_sync innodb_lru_scan_depth
innodb_max_dirty_pages_pct innodb_max_purge_lag innodb_monitor_enable innodb_old_blocks_time
innodb_online_alter_log_max_size innodb_optimize_fulltext_only innodb_print_all_deadlocks
innodb_random_read_ahead innodb_read_ahead_threshold innodb_stats_auto_recalc innodb_stats_persistent
innodb_strict_mode innodb_sync_array_size innodb_table_locks innodb_thread_concurrency lc_time_names
local_infile log_bin_trust_function_creators log_error_verbosity log_output log_queries_not_using_indexes
log_slow_admin_statements log_throttle_queries_not_using_indexes long_query_time low_priority_updates
max_execution_time max_prepared_stmt_count max_sort_length max_user_connections min_examined_row_limit
net_buffer_length net_retry_count optimizer_prune_level optimizer_search_depth optimizer_switch
optimizer_trace password_history password_require_current read_only regexp_time_limit replica_parallel_type
replica_parallel_workers replica_preserve_commit_order require_secure_transport session_track_gtids
slow_launch_time slow_query_log sql_mode sql_require_primary_key stored_program_cache sync_binlog
table_definition_cache temptable_max_ram time_zone tls_version tmp_table_size transaction_isolation
transaction_write_set_extraction updatable_views_with_limit validate_password
"""

MYSQL = Parameters(
    known=frozenset(" ".join((_STATIC, _FIXED, _NUMERIC, _OTHERS)).split()),
    static=frozenset(_STATIC.split()),
    fixed=frozenset(_FIXED.split()),
    numeric=frozenset(_NUMERIC.split()),
    prefixes=(
        "aurora_",
        "gtid",
        "rds.",
        "performance",
        "innodb",
        "loose_",
        "mysqlx_",
        "optimizer_",
        "validate_password",
    ),
    complete=False,
)
